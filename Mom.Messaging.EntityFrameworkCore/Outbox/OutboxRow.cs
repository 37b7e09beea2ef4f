namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>A message that waits in the database to be sent.</summary>
public sealed class OutboxRow
{
    /// <summary>Its place; ascending in the order of adding.</summary>
    public long Id { get; set; }

    /// <summary>Messages with the same key are sent in the order in which they were added.</summary>
    public required string Key { get; set; }

    /// <summary>The message's identity.</summary>
    public Guid MessageId { get; set; }

    /// <summary>The exchange that it goes to.</summary>
    public required string Exchange { get; set; }

    /// <summary>The routing key that it goes with.</summary>
    public required string RoutingKey { get; set; }

    /// <summary>Wire name with version.</summary>
    public required string Type { get; set; }

    /// <summary>1 to 10.</summary>
    public byte Priority { get; set; }

    /// <summary>Whether it is an error when no queue takes it.</summary>
    public bool Mandatory { get; set; } = true;

    /// <summary>UTF-8 JSON.</summary>
    public required byte[] Body { get; set; }

    /// <summary>Headers as a JSON object; <see langword="null"/> for none.</summary>
    public string? Headers { get; set; }

    /// <summary>Pairs it with another message.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>The W3C trace context in which it was added.</summary>
    public string? TraceParent { get; set; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>How often it could not be sent.</summary>
    public int Attempts { get; set; }

    /// <summary>It is not sent before this time, but for a message behind another with the same key: that one's time counts for both.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Why it could not be sent the last time.</summary>
    public string? LastError { get; set; }

    /// <summary>When it was given up; <see langword="null"/> while it is to be sent.</summary>
    public DateTimeOffset? DeadAt { get; set; }
}
