namespace Mom.Messaging.Inbox;

/// <summary>How long an inbox remembers. Register one of these before the engine's inbox to deviate from the defaults.</summary>
public sealed record InboxOptions
{
    /// <summary>
    /// How long a message is remembered. A duplicate that comes later has its effect again: keep it longer than any message can
    /// wait in a queue, a retry tier or the hands of a person who replays dead letters.
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often to look for what can be forgotten.</summary>
    public TimeSpan CleanInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Rows that one statement deletes, so that none holds its locks for long.</summary>
    public int CleanBatch { get; init; } = 1_000;
}
