using Mom.Messaging.Errors;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Consuming;

/// <summary>How a process consumes one queue.</summary>
public sealed record ConsumerOptions
{
    /// <summary>
    /// How many messages are handled at a time, 1 to 1,000. More than 1 gives up their order. Requests in the queue's urgent lane,
    /// and messages that were in flight at a consumer that was lost, have as many places again.
    /// </summary>
    public ushort Concurrency { get; set; } = 4;

    /// <summary>
    /// How many messages the broker hands out before the first is acked, 1 to 1,000; at least <see cref="Concurrency"/>. Only what
    /// is still in the queue is ordered by priority, so a message of high priority waits for at most so many others.
    /// </summary>
    public ushort Prefetch { get; set; } = 8;

    /// <summary>
    /// How often a message that is handled alone may take its consumer down before it becomes a dead letter
    /// (<see cref="Retries.DeadLetterReason.CrashedTooOften"/>), 1 to 100.
    /// </summary>
    public int MaxCrashes { get; set; } = 5;

    /// <summary>
    /// After how long without a delivery, although messages are ready and nothing is being handled, the consumer is replaced; at
    /// least 1 s.
    /// </summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a message is held while a server that its handler needs is unavailable (<see cref="IOutageGate"/>), from its delivery on;
    /// at least 0.1 s. Then it is given back to its queue, uncharged, and delivered again. It must be shorter than the broker's consumer
    /// timeout (30 minutes by default; checked once a minute), which closes the channel of a consumer that acks too late:
    /// https://www.rabbitmq.com/docs/consumers#acknowledgement-timeout. A broker with a shorter timeout is learned from at the first time.
    /// </summary>
    public TimeSpan HoldLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a handler may take for one call, 1 ms to 24 h. Then its token fires, and a call that ends with that is a failed attempt
    /// (<see cref="HandlerTimeoutException"/>). The waiting for a server that is unavailable (<see cref="IOutageGate"/>) is not part of it. Together
    /// with <see cref="HandlerGrace"/> it must be well below the broker's <c>consumer_timeout</c> (30 minutes), after which the broker closes the
    /// channel and hands out again all that was received by it: raise that first where handlers take longer.
    /// </summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a handler may take to end once its token has fired, up to 1 h. Then it is abandoned: its message goes on without it, and its place
    /// is given to the next message.
    /// </summary>
    public TimeSpan HandlerGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The broker users that may send to the queue; <see langword="null"/>, the default, for any. The broker verifies who sent a message
    /// (<c>user-id</c>: https://www.rabbitmq.com/docs/validated-user-id); one of another user, or one that names none, is not handled and becomes a dead
    /// letter (<see cref="Retries.DeadLetterReason.SenderRefused"/>). The user of this process may always send to its own queues.
    /// <see cref="ConsumerBuilder.From"/> sets it for single messages.
    /// </summary>
    public IReadOnlyCollection<string>? AllowedSenders { get; set; }

    /// <summary>
    /// How many messages of one key (<see cref="IPartitioned"/>) this process handles at a time, 1 to 1,000; 0, the default, for no limit but
    /// <see cref="Concurrency"/>. Those of other keys go first meanwhile, as far as they are within the <see cref="Prefetch"/>. Each process counts for
    /// itself. On a queue with partitions it is 1 in all processes together, and not set here. Messages without a key have no limit.
    /// </summary>
    public ushort MaxConcurrentPerKey { get; set; }

    /// <summary>The same for one tenant (<see cref="Envelopes.MessageHeaders.Tenant"/>), in place of a key.</summary>
    public ushort MaxConcurrentPerTenant { get; set; }

    /// <summary>
    /// How often a process that consumes more partitions than its share hands one over to the next process, 0.1 s to 1 day: for queues with
    /// <see cref="QueueDefinition.Partitions"/>.
    /// </summary>
    public TimeSpan RebalanceEvery { get; set; } = TimeSpan.FromSeconds(30);

    internal ConsumerOptions Checked(QueueDefinition definition)
    {
        var queue = definition.Name;
        OptionsCheck.InRange(MaxConcurrentPerKey, (ushort)0, (ushort)1_000, $"MaxConcurrentPerKey of the consumer of '{queue}'");
        OptionsCheck.InRange(MaxConcurrentPerTenant, (ushort)0, (ushort)1_000, $"MaxConcurrentPerTenant of the consumer of '{queue}'");
        OptionsCheck.InRange(RebalanceEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1), $"RebalanceEvery of the consumer of '{queue}'");
        if ((MaxConcurrentPerKey > 0 || definition.IsPartitioned) && MaxConcurrentPerTenant > 0)
        {
            throw new ArgumentException($"The consumer of '{queue}' counts by key and by tenant. It can do one of them: remove MaxConcurrentPerTenant, or the other.", nameof(definition));
        }

        if (definition.IsPartitioned && MaxConcurrentPerKey > 0)
        {
            throw new ArgumentException($"'{queue}' has partitions: the messages of a key are handled one at a time. Remove MaxConcurrentPerKey.", nameof(definition));
        }

        OptionsCheck.InRange(Concurrency, (ushort)1, (ushort)1_000, $"Concurrency of the consumer of '{queue}'");
        OptionsCheck.InRange(Prefetch, (ushort)1, (ushort)1_000, $"Prefetch of the consumer of '{queue}'");
        OptionsCheck.InRange(MaxCrashes, 1, 100, $"MaxCrashes of the consumer of '{queue}'");
        OptionsCheck.IsWait(SilenceLimit, TimeSpan.FromSeconds(1), $"SilenceLimit of the consumer of '{queue}'");
        OptionsCheck.IsWait(HoldLimit, TimeSpan.FromMilliseconds(100), $"HoldLimit of the consumer of '{queue}'");
        OptionsCheck.InRange(HandlerTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(24), $"HandlerTimeout of the consumer of '{queue}'");
        OptionsCheck.InRange(HandlerGrace, TimeSpan.Zero, TimeSpan.FromHours(1), $"HandlerGrace of the consumer of '{queue}'");
        return this;
    }
}
