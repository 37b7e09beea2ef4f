using System.Text.Json.Serialization;

namespace Mom.Chaos.Bookkeeping;

/// <summary>What was promised against what is there.</summary>
/// <param name="Jobs">Jobs with their results and notifications.</param>
/// <param name="Users">Registrations.</param>
/// <param name="Faults">What struck meanwhile; acknowledged and ok are those that struck and were undone as intended.</param>
/// <param name="Remains">What was left over.</param>
/// <param name="Pushes">Events that arrived over sockets. May be fewer than happened: a push is not a promise, the database is.</param>
/// <param name="Findings">A sentence for each thing that is wrong.</param>
public sealed record Ledger(Count Jobs, Count Users, Count Faults, Remains Remains, int Pushes, IReadOnlyList<string> Findings)
{
    public bool Passes => Findings.Count == 0;

    /// <summary>What the program ends with: 0 when it passes, 1 when not.</summary>
    [JsonIgnore]
    public int ExitCode => Passes ? 0 : 1;
}
