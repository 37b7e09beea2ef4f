using System.Text;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>A message that could not be handled, with all that is needed to find out why and to send it once more.</summary>
public sealed class DeadLetterRow
{
    /// <summary>A longer body is not shown whole, in characters; so it is not to be edited either.</summary>
    public const int ShownLength = 1_000_000;

    /// <summary>Ascending in the order of arrival.</summary>
    public long Id { get; init; }

    /// <summary>The work queue in which it failed, and to which a replay sends it.</summary>
    public required string Queue { get; init; }

    /// <summary>The message's identity; a replay keeps it.</summary>
    public Guid MessageId { get; init; }

    /// <summary>Wire name with version; empty when the message had none.</summary>
    public required string Type { get; init; }

    /// <summary>The message's priority, 1 to 10; a replay keeps it.</summary>
    public byte Priority { get; init; }

    /// <summary>What a replay sends.</summary>
    public required byte[] Body { get; set; }

    /// <summary>The same as text, to be read and searched; what is no UTF-8 is replaced.</summary>
    public required string BodyText { get; set; }

    /// <summary>As it came, when somebody has edited <see cref="Body"/>.</summary>
    public byte[]? OriginalBody { get; set; }

    /// <summary>JSON object; see <see cref="HeaderTexts"/>.</summary>
    public required string Headers { get; set; }

    /// <summary>W3C context of the trace in which it failed.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Why it died: the name of a <see cref="Retries.DeadLetterReason"/>.</summary>
    public required string Reason { get; set; }

    /// <summary>The whole type of the exception of its last attempt; <see langword="null"/> without one.</summary>
    public string? ExceptionType { get; set; }

    /// <summary>What the exception said.</summary>
    public string? ExceptionMessage { get; set; }

    /// <summary>Where it was thrown.</summary>
    public string? ExceptionStack { get; set; }

    /// <summary>How often it was handled before it died the last time.</summary>
    public int Attempts { get; set; }

    /// <summary>How often it became a dead letter: more than once when replays did not help.</summary>
    public int Deaths { get; set; } = 1;

    /// <summary>When it was published for the first time.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>When its first attempt failed.</summary>
    public DateTimeOffset FirstFailedAt { get; init; }

    /// <summary>When it died the last time.</summary>
    public DateTimeOffset LastFailedAt { get; set; }

    /// <summary>What has become of it.</summary>
    public DeadLetterState State { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset StateChangedAt { get; set; }

    /// <summary>What happened to it.</summary>
    public ICollection<DeadLetterAuditRow> Audit { get; init; } = [];

    /// <summary>How often it was replayed. The audit must be loaded.</summary>
    public int Replays => Audit.Count(audit => string.Equals(audit.Action, AuditAction.Replayed, StringComparison.Ordinal));

    /// <summary>The headers as they came, as texts for people.</summary>
    public IReadOnlyDictionary<string, string> HeaderTexts() => DeadLetterHeaders.Texts(Headers);

    /// <summary><see cref="OriginalBody"/> as text; <see langword="null"/> when nobody has edited it.</summary>
    public string? OriginalText() => OriginalBody is { } original ? TextOf(original) : null;

    internal void Note(DateTimeOffset at, string by, string action, string? detail = null) =>
        Audit.Add(new DeadLetterAuditRow { At = at, By = by, Action = action, Detail = detail });

    internal static string TextOf(ReadOnlySpan<byte> body) => Storable(Encoding.UTF8.GetString(body));

    // To be read and searched, not sent: Postgres stores no NUL in a text.
    internal static string Storable(string text) => text.Replace('\0', '\uFFFD');
}

/// <summary>What has become of a dead letter.</summary>
public enum DeadLetterState
{
    /// <summary>Waits for a person to decide.</summary>
    Dead,

    /// <summary>Was sent to its queue once more. If it fails there again, it is <see cref="Dead"/> again.</summary>
    Replayed,

    /// <summary>Somebody decided that it is not worth anything any more.</summary>
    Discarded,
}

/// <summary>Who did what to a dead letter, and when. Rows are only ever added.</summary>
public sealed class DeadLetterAuditRow
{
    /// <summary>Ascending.</summary>
    public long Id { get; init; }

    /// <summary>The dead letter.</summary>
    public long DeadLetterId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who, as the caller of the decision named them; <c>system</c> for the engine.</summary>
    public required string By { get; init; }

    /// <summary>See <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>Why, or more about it.</summary>
    public string? Detail { get; init; }
}
