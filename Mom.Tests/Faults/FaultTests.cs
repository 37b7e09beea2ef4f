using Mom.Chaos.Faults;
using Mom.Chaos.Load;
using Mom.Chaos.Runs;

namespace Mom.Tests.Faults;

/// <summary>What happens to a fault that goes wrong itself.</summary>
[Trait("Group", "faults")]
[Trait("System", "own")]
[Collection(FaultStack.Name)]
public sealed class FaultTests(FaultStack stack)
{
    private readonly List<string> _done = [];

    private Ground Ground => new(stack.System, stack.Broker, new Claims(), TimeSpan.Zero, CancellationToken.None);

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
