using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Faults;
using Mom.Chaos.Runs;
using Mom.LocalHost;
using Mom.LocalHost.Ports;

namespace Mom.Tests.Unit.Chaos;

/// <summary>What happens to a fault that goes wrong itself. The system that it strikes has no servers.</summary>
[Trait("Group", "unit")]
public sealed class FaultTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mom-fault").FullName;
    private readonly List<string> _done = [];
    private LocalSystem _system = null!;
    private BrokerScreen _broker = null!;

    private Ground Ground => new(_system, _broker, TimeSpan.Zero, CancellationToken.None);

    public ValueTask InitializeAsync()
    {
        _system = new LocalSystem(new LocalSystemOptions { StateDirectory = _directory, Ports = PortMap.Free(), Only = [] });
        _broker = new BrokerScreen(_system);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _broker.Dispose();
        await _system.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_fault_that_breaks_off_is_undone_all_the_same()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Note("bad", fails: true).StrikeAsync(Ground));
        Assert.Equal("bad broke off", error.Message);
        Assert.Equal(["break bad", "undo bad"], _done);
    }

    [Fact]
    public async Task The_run_goes_on_after_it_and_writes_it_down()
    {
        var struck = await new FaultStrikes(Ground, _ => { }).RunAsync([(TimeSpan.Zero, Note("bad", fails: true)), (TimeSpan.Zero, Note("good", fails: false))]);
        Assert.Equal([new("bad", "InvalidOperationException: bad broke off"), new("good", null)], struck);
        Assert.Equal(["break bad", "undo bad", "break good", "undo good"], _done);
    }

    [Fact]
    public async Task No_fault_strikes_after_the_end_and_the_one_under_way_is_undone()
    {
        using var end = new CancellationTokenSource();
        var last = Note("last", fails: false) with { AtLeast = TimeSpan.FromHours(1) };
        var ending = last with
        {
            BreakAsync = async ground =>
            {
                await last.BreakAsync(ground);
                await end.CancelAsync();
            },
        };
        var struck = await new FaultStrikes(Ground with { CancellationToken = end.Token }, _ => { }).RunAsync([(TimeSpan.Zero, ending), (TimeSpan.Zero, Note("late", fails: false))]);
        Assert.Equal([new("last", null)], struck);
        Assert.Equal(["break last", "undo last"], _done);
    }

    private Fault Note(string name, bool fails) => new(name, name, _ =>
    {
        _done.Add($"break {name}");
        return fails ? throw new InvalidOperationException($"{name} broke off") : Task.CompletedTask;
    })
    {
        UndoAsync = _ =>
        {
            _done.Add($"undo {name}");
            return Task.CompletedTask;
        },
    };
}
