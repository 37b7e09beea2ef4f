using Mom.Contracts.Operations;
using Mom.Workers.Database.DeadLetters;

namespace Mom.Workers.Database.Model;

/// <summary>A message that could not be handled, with all that is needed to find out why and to send it once more.</summary>
internal sealed class DeadLetterRow
{
    /// <summary>Ascending in the order of arrival.</summary>
    public long Id { get; init; }

    /// <summary>The work queue in which it failed, and to which a replay sends it.</summary>
    public required string Queue { get; init; }

    public Guid MessageId { get; init; }

    /// <summary>Wire name with version; empty when the message had none.</summary>
    public required string Type { get; init; }

    public byte Priority { get; init; }

    /// <summary>What a replay sends.</summary>
    public required byte[] Body { get; set; }

    /// <summary>The same as text, to be read and searched; what is no UTF-8 is replaced.</summary>
    public required string BodyText { get; set; }

    /// <summary>As it came, when somebody has edited <see cref="Body"/>.</summary>
    public byte[]? OriginalBody { get; set; }

    /// <summary>JSON object.</summary>
    public required string Headers { get; set; }

    /// <summary>W3C context of the trace in which it failed.</summary>
    public string? TraceParent { get; set; }

    public required string Reason { get; set; }

    public string? ExceptionType { get; set; }

    public string? ExceptionMessage { get; set; }

    public string? ExceptionStack { get; set; }

    /// <summary>How often it was handled before it died the last time.</summary>
    public int Attempts { get; set; }

    /// <summary>How often it became a dead letter: more than once when replays did not help.</summary>
    public int Deaths { get; set; } = 1;

    public DateTimeOffset SentAt { get; init; }

    public DateTimeOffset FirstFailedAt { get; init; }

    public DateTimeOffset LastFailedAt { get; set; }

    public DeadLetterState State { get; set; }

    public DateTimeOffset StateChangedAt { get; set; }

    public List<DeadLetterAuditRow> Audit { get; init; } = [];

    /// <summary>How often it was replayed. The audit must be loaded.</summary>
    public int Replays => Audit.Count(audit => string.Equals(audit.Action, AuditAction.Replayed, StringComparison.Ordinal));
}

/// <summary>Who did what to a dead letter, and when. Rows are only ever added.</summary>
internal sealed class DeadLetterAuditRow
{
    public long Id { get; init; }

    public long DeadLetterId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>An administrator's e-mail address, or <c>system</c>.</summary>
    public required string By { get; init; }

    /// <summary>See <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    public string? Detail { get; init; }
}
