namespace Mom.Chaos.Bookkeeping;

/// <summary>What a system that is quiet must not hold.</summary>
/// <param name="Outbox">Messages that wait to be sent.</param>
/// <param name="OutboxDead">Messages that were given up sending.</param>
/// <param name="Ready">Messages in work queues and retry tiers.</param>
/// <param name="Unacked">Messages in flight at a consumer.</param>
/// <param name="DeadLetters">Dead letters, in their queues and in the database.</param>
public sealed record Remains(long Outbox, long OutboxDead, long Ready, long Unacked, long DeadLetters)
{
    public bool IsQuiet => Outbox == 0 && Ready == 0 && Unacked == 0;
}
