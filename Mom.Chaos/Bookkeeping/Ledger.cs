namespace Mom.Chaos.Bookkeeping;

/// <summary>What was promised against what is there.</summary>
/// <param name="Jobs">Jobs with their results and notifications.</param>
/// <param name="Users">Registrations.</param>
/// <param name="Remains">What was left over.</param>
/// <param name="Pushes">Events that arrived over sockets. May be fewer than happened: a push is not a promise, the database is.</param>
/// <param name="Findings">A sentence for each thing that is wrong.</param>
public sealed record Ledger(Count Jobs, Count Users, Remains Remains, int Pushes, IReadOnlyList<string> Findings)
{
    public bool Passes => Findings.Count == 0;
}
