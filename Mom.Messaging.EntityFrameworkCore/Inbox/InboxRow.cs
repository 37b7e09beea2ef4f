namespace Mom.Messaging.EntityFrameworkCore.Inbox;

/// <summary>A message that has had its effect, or was refused.</summary>
public sealed class InboxRow
{
    /// <summary>The message's identity.</summary>
    public Guid MessageId { get; set; }

    /// <summary>The queue in which it was handled.</summary>
    public required string Queue { get; set; }

    /// <summary>When it had its effect, or was refused.</summary>
    public DateTimeOffset HandledAt { get; set; }

    /// <summary>The code with which it was refused; <see langword="null"/> when it has had its effect.</summary>
    public string? RefusalCode { get; set; }

    /// <summary>Why it was refused, for people.</summary>
    public string? RefusalDetail { get; set; }
}
