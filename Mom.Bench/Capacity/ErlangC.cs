namespace Mom.Bench.Capacity;

/// <summary>
/// How long messages wait in front of equal servers, as a closed formula: arrivals at random (Poisson), exponential service times.
/// A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone exchanges" (1917).
/// </summary>
internal static class ErlangC
{
    /// <summary>The probability that a message has to wait at all.</summary>
    /// <param name="servers">Handlers at a time, all replicas together.</param>
    /// <param name="load">Arrivals per second times seconds of service: the number of handlers that are busy on average; below <paramref name="servers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The load is more than the servers can ever do: the queue would grow for ever.</exception>
    public static double WaitProbability(int servers, double load)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(load);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(load, servers);
        // Erlang B by its recursion, which does not overflow as factorials do, and C from it.
        var blocking = 1.0;
        for (var n = 1; n <= servers; n++)
        {
            blocking = load * blocking / (n + (load * blocking));
        }

        return blocking / (1 - (load / servers * (1 - blocking)));
    }

    /// <summary>The mean wait, in the unit of <paramref name="serviceTime"/>.</summary>
    public static double MeanWait(int servers, double load, double serviceTime) =>
        WaitProbability(servers, load) * serviceTime / (servers - load);

    /// <summary>
    /// The mean wait of each class where higher ones are served first, work in flight is never interrupted, and all classes have the
    /// same service time. A. Cobham, "Priority Assignment in Waiting Line Problems", Operations Research 2 (1954).
    /// </summary>
    /// <param name="servers">Handlers at a time.</param>
    /// <param name="loads">The load of each class, highest priority first.</param>
    /// <param name="serviceTime">Mean.</param>
    public static IReadOnlyList<double> MeanWaits(int servers, IReadOnlyList<double> loads, double serviceTime)
    {
        var anyWait = WaitProbability(servers, loads.Sum()) * serviceTime / servers;
        var above = 0.0;
        var waits = new List<double>(loads.Count);
        foreach (var load in loads)
        {
            var withOwn = above + (load / servers);
            waits.Add(anyWait / ((1 - above) * (1 - withOwn)));
            above = withOwn;
        }

        return waits;
    }
}
