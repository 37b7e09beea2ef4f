namespace Mom.Chaos.Bookkeeping;

/// <summary>One queue as the broker holds it.</summary>
internal sealed record QueueFact(string Name, long Ready, long Unacked)
{
    public bool IsDeadLetters => Name.EndsWith(".dead", StringComparison.Ordinal);
}
