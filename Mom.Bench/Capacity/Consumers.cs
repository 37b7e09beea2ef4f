namespace Mom.Bench.Capacity;

/// <summary>Replicas of a worker on one queue.</summary>
/// <param name="Replicas">How many.</param>
/// <param name="Concurrency">Handlers at a time of each.</param>
/// <param name="Prefetch">Messages that the broker hands to each before the first is acked; at least <paramref name="Concurrency"/>.</param>
internal sealed record Consumers(int Replicas, int Concurrency, int Prefetch)
{
    /// <summary>Handlers at a time of all together.</summary>
    public int Servers => Replicas * Concurrency;
}
