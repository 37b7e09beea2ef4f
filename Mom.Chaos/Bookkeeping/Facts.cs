namespace Mom.Chaos.Bookkeeping;

/// <summary>What is there when the system has become quiet.</summary>
/// <param name="Jobs">All jobs of the users of this run.</param>
/// <param name="Users">How many users there are with each e-mail of this run.</param>
/// <param name="Pushes">What arrived over sockets.</param>
/// <param name="Remains">What should be nothing.</param>
public sealed record Facts(
    IReadOnlyList<JobFact> Jobs,
    IReadOnlyDictionary<string, int> Users,
    IReadOnlyList<PushFact> Pushes,
    Remains Remains);
