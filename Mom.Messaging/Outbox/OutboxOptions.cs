using Mom.Messaging.Errors;

namespace Mom.Messaging.Outbox;

/// <summary>How an outbox is relayed. Register one of these before the engine's outbox to deviate from the defaults.</summary>
public sealed record OutboxOptions
{
    /// <summary>Keys that one relay works on at a time, 1 to 1,000.</summary>
    public int Keys { get; init; } = 100;

    /// <summary>Messages of one key that are sent within one transaction, each after the confirm of the one before, 1 to 100.</summary>
    public int MessagesPerKey { get; init; } = 20;

    /// <summary>
    /// How often the broker may find no queue for a message before the message is dead. With the back-off of 0.5 s doubling to 30 s the
    /// default gives up after about seven minutes. A broker that is unavailable costs no attempt, nor does a queue that is full or silent.
    /// </summary>
    public int MaxAttempts { get; init; } = 20;

    /// <summary>
    /// How often to look without having been woken: for messages whose next attempt has come, and for those of a process that died
    /// between its commit and its wake.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a destination that confirms nothing waits at most before a few of its messages are tried once more: 0.5 s at first, doubling up to
    /// this.
    /// </summary>
    public TimeSpan LongestStuckWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often to count what waits, for the metrics.</summary>
    public TimeSpan MeasureInterval { get; init; } = TimeSpan.FromSeconds(5);

    internal OutboxOptions Checked()
    {
        OptionsCheck.InRange(Keys, 1, 1_000, "OutboxOptions.Keys");
        OptionsCheck.InRange(MessagesPerKey, 1, 100, "OutboxOptions.MessagesPerKey");
        OptionsCheck.InRange(MaxAttempts, 1, int.MaxValue, "OutboxOptions.MaxAttempts");
        OptionsCheck.IsWait(PollInterval, option: "OutboxOptions.PollInterval");
        OptionsCheck.IsWait(LongestStuckWait, option: "OutboxOptions.LongestStuckWait");
        OptionsCheck.IsWait(MeasureInterval, option: "OutboxOptions.MeasureInterval");
        return this;
    }
}
