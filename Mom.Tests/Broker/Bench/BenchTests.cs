using Mom.Bench.Scenarios;
using Mom.Bench.Servers;
using Mom.Tests.Broker.Support;

namespace Mom.Tests.Broker.Bench;

/// <summary>Not how fast: that every contender of every scenario does its work, and that each message is counted once.</summary>
[Trait("Group", "broker")]
public sealed class BenchTests(DataServers servers) : IAsyncLifetime
{
    private const int Messages = 40;

    private string _server = string.Empty;
    private BenchTargets _targets = null!;

    public static TheoryData<string> Names => [.. ScenarioCatalog.All().Select(scenario => scenario.Name)];

    public async ValueTask InitializeAsync()
    {
        var system = await servers.SystemAsync();
        _server = system.Connections.Momdb;
        _targets = new BenchTargets(system.Connections.RabbitMq, BenchDatabase.Beside(_server));
        await BenchDatabase.CreateAsync(_server, CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await BenchDatabase.DropAsync(_server, CancellationToken.None);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_contender_handles_every_message_once(string name)
    {
        var scenario = ScenarioCatalog.All(backlog: Messages, deep: 10 * Messages).Single(scenario => scenario.Name == name);
        var runner = new ScenarioRunner(_targets, rounds: 1, _ => { });

        // It throws when a message is missing or comes twice.
        var result = await runner.RunAsync(scenario, Messages, new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token);

        Assert.Equal(scenario.Contenders.Select(contender => contender.Name), result.Results.Select(one => one.Contender));
        Assert.All(result.Results, one => Assert.True(one.Rate > 0, $"{one.Contender} should have a rate."));
        Assert.Equal(1, result.Results[0].Ratio);
    }
}
