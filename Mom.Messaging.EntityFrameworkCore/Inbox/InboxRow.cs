namespace Mom.Messaging.EntityFrameworkCore.Inbox;

/// <summary>A message that has had its effect.</summary>
public sealed class InboxRow
{
    /// <summary>The message's identity.</summary>
    public Guid MessageId { get; set; }

    /// <summary>The queue in which it was handled.</summary>
    public required string Queue { get; set; }

    /// <summary>When it had its effect.</summary>
    public DateTimeOffset HandledAt { get; set; }
}
