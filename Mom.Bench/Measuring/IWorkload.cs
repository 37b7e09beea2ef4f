namespace Mom.Bench.Measuring;

/// <summary>One contender at one task. Rounds of several workloads take turns, so that what disturbs the machine disturbs all of them.</summary>
internal interface IWorkload : IAsyncDisposable
{
    /// <summary>Connects and declares; once, before the first round.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>What must be there before a round, such as a full queue. Not measured.</summary>
    Task PrepareAsync(Round round, CancellationToken cancellationToken);

    /// <summary>
    /// Does the work of a round, from <see cref="Round.Begin"/> to <see cref="Round.End"/>, and counts each of its messages where it
    /// has arrived. Leaves nothing of it behind.
    /// </summary>
    Task RunAsync(Round round, CancellationToken cancellationToken);
}
