namespace Mom.Bench.Scenarios;

/// <summary>A task that several contenders do with the same guarantees.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">What is done, and what is guaranteed.</param>
/// <param name="Messages">Messages of a round: about a second's work.</param>
/// <param name="Contenders">The first is the yardstick.</param>
internal sealed record Scenario(string Name, string Description, int Messages, IReadOnlyList<Contender> Contenders)
{
    /// <summary>The same for the engine and the raw client alone.</summary>
    public Scenario WithoutPeers() => this with { Contenders = [.. Contenders.Where(contender => contender.Name is not ("MassTransit" or "Wolverine"))] };
}
