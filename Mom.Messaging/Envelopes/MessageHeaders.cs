using System.Collections.Frozen;

namespace Mom.Messaging.Envelopes;

/// <summary>The headers that this engine writes.</summary>
public static class MessageHeaders
{
    /// <summary>Which attempt the next delivery is, from 1; a message without it is at its first.</summary>
    public const string Attempt = "mom-attempt";

    /// <summary>When the message failed for the first time (ISO 8601).</summary>
    public const string FirstFailedAt = "mom-first-failed-at";

    /// <summary>When it failed last (ISO 8601).</summary>
    public const string LastFailedAt = "mom-last-failed-at";

    /// <summary>The queue in which it failed.</summary>
    public const string OriginQueue = "mom-origin-queue";

    /// <summary>Why a dead letter is one; see <see cref="Retries.DeadLetterReason"/>.</summary>
    public const string DeadReason = "mom-dead-reason";

    /// <summary>The full name of the exception's type.</summary>
    public const string ExceptionType = "mom-exception-type";

    /// <summary>The exception's message, at most 1,024 characters.</summary>
    public const string ExceptionMessage = "mom-exception-message";

    /// <summary>The exception with its stack, at most 8,192 characters.</summary>
    public const string ExceptionStack = "mom-exception-stack";

    /// <summary>How often a consumer was lost while it handled this message, and few or no others; see <see cref="Retries.DeadLetterReason.CrashedTooOften"/>.</summary>
    public const string Crashes = "mom-crashes";

    /// <summary>Until when the sender of a request waits for the reply, in milliseconds since 1970 (UTC).</summary>
    public const string Deadline = "mom-deadline";

    /// <summary>How often the message failed without being charged an attempt; see <see cref="Consuming.IOutageGate.UnchargedRetries"/>.</summary>
    public const string Postponements = "mom-postponements";

    /// <summary>How often the message became a dead letter without a person in between; see <see cref="Retries.DeadLetterReason.DiedTooOften"/>.</summary>
    public const string Deaths = "mom-deaths";

    /// <summary>
    /// By which replay of a dead letter the message was sent, from 1, as the store of dead letters counts them; without it the message was never
    /// replayed. By it the store knows the death of a replay from one before it, which the clocks of two processes do not tell.
    /// </summary>
    public const string Replay = "mom-replay";

    /// <summary>
    /// The broker's user that sent the message first, in a copy that its consumer has made; empty where the sender did not say. It counts only where
    /// the copy's own <c>user-id</c> is that of the consumer: anybody else can write a header.
    /// </summary>
    public const string Sender = "mom-sender";

    /// <summary>
    /// What a message belongs to: the same for all that follow from one, up to 255 bytes. Of the sender, so that it is kept by retries, dead letters and
    /// replays. (AMQP's own <c>correlation-id</c> pairs a reply with its request.)
    /// </summary>
    public const string Correlation = "mom-correlation";

    /// <summary>The id of the message from whose handling a message follows.</summary>
    public const string Causation = "mom-causation";

    /// <summary>For which tenant a message is, up to 255 bytes. A header is what its sender says: verify it before access is granted by it.</summary>
    public const string Tenant = "mom-tenant";

    /// <summary>
    /// What the message is about (<see cref="IPartitioned"/>), up to 255 characters; of the sender, so that it is kept by dead letters and replays. On a queue
    /// with partitions, the messages of one key keep their order.
    /// </summary>
    public const string PartitionKey = "mom-partition-key";

    /// <summary>The properties of the message are in its body, because AMQP's own do not hold them.</summary>
    public const string Wrapped = "mom-wrapped";

    // The largest is the exception's stack, in characters of up to 4 bytes. Anything longer somebody else has written.
    private const int LongestValue = 8_192;

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        Attempt, FirstFailedAt, LastFailedAt, OriginQueue, DeadReason, ExceptionType, ExceptionMessage, ExceptionStack, Crashes, Deadline, Postponements, Deaths, Replay, Sender);

    // What the broker acts on (CC and BCC route once more, x-delay holds back) or has written about the stay in one queue, and would take for
    // the history of the next: x-death grows with each hop, and makes it see cycles where there are none.
    private static readonly FrozenSet<string> OfTheBroker = FrozenSet.Create(
        StringComparer.Ordinal,
        "CC", "BCC", "x-delay", "x-death", "x-delivery-count", "x-acquired-count", "x-stream-offset", "x-received-from", "x-shovelled", "x-shovelled-by",
        "x-shovelled-timestamp", "x-routed-by", "x-match");

    private static readonly string[] HistoryOfTheBroker = ["x-first-death-", "x-last-death-", "x-opt-"];

    /// <summary>Any headers as bytes: whatever their types, their keys and their size, nothing is lost.</summary>
    public static byte[] Pack(IReadOnlyDictionary<string, object?> headers) => WrappedMessage.WriteTable(headers);

    /// <summary>What <see cref="Pack"/> has packed; <see langword="null"/> when it is something else.</summary>
    public static IReadOnlyDictionary<string, object?>? Unpack(ReadOnlyMemory<byte> bytes) => WrappedMessage.ReadTable(bytes);

    /// <summary>
    /// The headers that go on with a message when it is published once more: those of this engine and those of its sender, also when
    /// they begin with <c>x-</c>. Not those of the broker.
    /// </summary>
    internal static Dictionary<string, object?> CarriedFrom(IReadOnlyDictionary<string, object?> headers) => headers
        .Where(header => !OfTheBroker.Contains(header.Key) && !HistoryOfTheBroker.Any(prefix => header.Key.StartsWith(prefix, StringComparison.Ordinal)))
        .ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);

    /// <summary>The headers with which a copy of a message that was received is published.</summary>
    internal static Dictionary<string, object?> CarriedFrom(Envelope message)
    {
        var headers = CarriedFrom(message.Headers);
        headers[Sender] = message.Sender ?? string.Empty;
        return headers;
    }

    /// <summary>The headers of the sender: without those of this engine and of the broker.</summary>
    public static IReadOnlyDictionary<string, object?> OfTheSender(IReadOnlyDictionary<string, object?> headers) => CarriedFrom(headers)
        .Where(header => !Known.Contains(header.Key))
        .ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);

    /// <summary>Whether only this engine may write it: a sender who did would be taken for it.</summary>
    internal static bool IsReserved(string name) => Known.Contains(name) || OfTheBroker.Contains(name) || string.Equals(name, Wrapped, StringComparison.Ordinal);

    /// <summary>Whether this engine wrote it, and so it is known to be small.</summary>
    internal static bool IsOurs(KeyValuePair<string, object?> header) =>
        Known.Contains(header.Key) && header.Value is string { Length: <= LongestValue } or int or long;
}
