namespace Mom.Chaos.Faults;

/// <summary>Which fault strikes when. The same seed gives the same schedule.</summary>
internal static class FaultSchedule
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    /// <summary>All faults once in random order, then again, 10 to 20 s after the start or after the one before was struck.</summary>
    /// <param name="faults">At least one.</param>
    /// <param name="length">How long the load runs.</param>
    /// <param name="seed">Any number.</param>
    public static IReadOnlyList<(TimeSpan At, Fault Fault)> Of(IReadOnlyList<Fault> faults, TimeSpan length, int seed)
    {
        var random = new Random(seed);
        var schedule = new List<(TimeSpan, Fault)>();
        var round = new Queue<Fault>();
        for (var at = Next(TimeSpan.Zero); at < length; at = Next(at))
        {
            if (round.Count == 0)
            {
                round = new Queue<Fault>(Shuffled());
            }

            schedule.Add((at, round.Dequeue()));
        }

        return schedule;

        TimeSpan Next(TimeSpan before) => before + Calm + TimeSpan.FromSeconds(random.Next(11));

        Fault[] Shuffled()
        {
            Fault[] shuffled = [.. faults];
            random.Shuffle(shuffled);
            return shuffled;
        }
    }
}
