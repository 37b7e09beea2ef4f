using Mom.Bench;
using Mom.Bench.Capacity;

namespace Mom.Tests.Unit.Bench;

[Trait("Group", "unit")]
public sealed class BenchOptionsTests
{
    [Fact]
    public void Without_a_name_everything_is_measured()
    {
        var options = BenchOptions.Parse([]);

        Assert.Contains(options.Scenarios, scenario => scenario.Name == "publish");
        Assert.Contains(options.Scenarios, scenario => scenario.Name == "rpc-backlog");
        Assert.Equal(5, options.Rounds);
        Assert.False(options.Json);
    }

    [Fact]
    public void Names_and_options_come_in_any_order()
    {
        var options = BenchOptions.Parse(["inbox", "--rounds", "3", "publish", "--json"]);

        Assert.Equal(["publish", "inbox"], options.Scenarios.Select(scenario => scenario.Name));
        Assert.Equal(3, options.Rounds);
        Assert.True(options.Json);
    }

    [Fact]
    public void The_whole_system_is_one_of_the_benchmarks_and_json_may_go_to_a_file()
    {
        var options = BenchOptions.Parse(["system", "--quick", "--json", "result.json"]);

        Assert.Equal((true, 3, "result.json"), (options.Quick, options.Rounds, options.File));
        Assert.Equal(["system"], options.OfTheSystem);
        Assert.Empty(options.Scenarios);
        Assert.Empty(BenchOptions.Parse(["--json", "publish"]).OfTheSystem);
        Assert.Null(BenchOptions.Parse(["--json", "publish"]).File);
        Assert.Equal(["growth", "soak", "sockets", "system"], BenchOptions.Parse([]).OfTheSystem.Order());
    }

    [Fact]
    public void Without_peers_the_engine_is_measured_beside_the_raw_client_alone()
    {
        var scenario = Assert.Single(BenchOptions.Parse(["publish", "--no-peers"]).Scenarios);

        Assert.Equal(["raw", "mom", "mom, traced"], scenario.Contenders.Select(contender => contender.Name));
        Assert.Contains(Assert.Single(BenchOptions.Parse(["publish"]).Scenarios).Contenders, contender => contender.Name == "MassTransit");
    }

    [Theory]
    [InlineData("publsih", "There is no benchmark 'publsih'.")]
    [InlineData("--rounds", "--rounds needs a number from 1 to 100.")]
    [InlineData("--rounds 0", "--rounds needs a number from 1 to 100.")]
    [InlineData("--fast", "bench has no option --fast")]
    public void What_makes_no_sense_is_refused_with_a_hint(string line, string hint) =>
        Assert.StartsWith(hint, Assert.Throws<UsageException>(() => BenchOptions.Parse(line.Split(' '))).Message);

    [Fact]
    public void Capacity_takes_a_load() =>
        Assert.Equal(new CapacityOptions { Requests = 20, Steps = 2.5 }, CapacityOptions.Parse(["--requests", "20", "--steps", "2.5"]));

    [Theory]
    [InlineData("--requests")]
    [InlineData("--requests -1")]
    [InlineData("--cows 7")]
    public void Capacity_refuses_what_is_no_load(string line) =>
        Assert.Throws<UsageException>(() => CapacityOptions.Parse(line.Split(' ')));
}
