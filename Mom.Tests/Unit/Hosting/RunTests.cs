using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Time.Testing;
using Mom.Hosting.Restarts;

namespace Mom.Tests.Unit.Hosting;

/// <summary>The snapshots are those that Aspire 13.6 publishes, in their order.</summary>
[Trait("Group", "unit")]
public sealed class RunTests
{
    private static readonly DateTime First = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Second = First.AddMinutes(10);

    private readonly Run _run = new(new RestartOptions { MaximumTries = 2 }, new FakeTimeProvider());

    [Fact]
    public void A_crash_is_restarted_and_shown()
    {
        Start(First);

        Assert.Equal(1, End(First, exitCode: 3)?.Try);
        Assert.Equal(new ResourceStateSnapshot("Restarting in 0.5 s", "warning"), _run.Shown);
    }

    [Fact]
    public void A_run_that_was_killed_or_ended_well_is_restarted_too()
    {
        Start(First);
        Assert.NotNull(End(First, exitCode: -1));
        Start(Second);
        Assert.NotNull(End(Second, exitCode: 0));
    }

    [Fact]
    public void A_run_that_ended_well_is_left_alone_where_that_is_asked_for()
    {
        var run = new Run(new RestartOptions { AfterSuccess = false }, new FakeTimeProvider());
        run.Observe(Snapshot("Running", First));

        Assert.Null(run.Observe(Snapshot("Finished", First, 0)));
    }

    [Fact]
    public void A_stop_by_command_is_no_crash_even_where_Stopping_was_not_seen()
    {
        Start(First);
        _run.Asked();

        Assert.Null(End(First, exitCode: -1));
    }

    [Fact]
    public void A_stop_without_a_command_is_known_by_Stopping()
    {
        Start(First);
        _run.Observe(Snapshot("Stopping", First));

        Assert.Null(End(First, exitCode: 143));
    }

    [Fact]
    public void A_crash_after_a_restart_by_command_is_a_crash_again()
    {
        Start(First);
        _run.Asked();
        End(First, exitCode: -1);
        Start(Second);

        Assert.NotNull(End(Second, exitCode: 3));
    }

    [Fact]
    public void The_end_of_the_run_before_that_is_shown_late_is_no_end_of_the_next()
    {
        Start(First);
        _run.Asked();
        _run.Observe(Snapshot("Starting", First));

        Assert.Null(End(First, exitCode: -1));
    }

    [Fact]
    public void An_end_that_is_shown_again_while_the_next_run_is_being_started_is_no_second_one()
    {
        Start(First);
        var end = End(First, exitCode: 3)!;
        Assert.Null(End(First, exitCode: 3));
        Assert.True(_run.TryBegin(end.Ticket));

        Assert.Null(End(First, exitCode: 3));
    }

    [Fact]
    public void A_restart_that_fails_to_start_is_the_next_end()
    {
        Start(First);
        Assert.True(_run.TryBegin(End(First, exitCode: 3)!.Ticket));

        Assert.Equal(2, _run.Observe(Snapshot("FailedToStart", First, 3))?.Try);
    }

    [Fact]
    public void A_start_that_cannot_succeed_yet_is_not_tried_again()
    {
        _run.Observe(Snapshot("Starting", null));

        Assert.Null(_run.Observe(Snapshot("FailedToStart", null), isPointless: true));
    }

    [Fact]
    public void A_command_makes_the_restart_void_that_was_to_come()
    {
        Start(First);
        var end = End(First, exitCode: 3)!;

        Assert.Equal("Finished", _run.Asked()?.Text);
        Assert.False(_run.TryBegin(end.Ticket));
        Assert.Null(_run.Shown);
    }

    [Fact]
    public void Gives_up_and_begins_anew_after_a_start_by_command()
    {
        for (var i = 0; i < 2; i++)
        {
            Start(First.AddSeconds(i));
            Assert.NotNull(End(First.AddSeconds(i), exitCode: 3)!.Delay);
        }

        Start(Second);
        Assert.Null(End(Second, exitCode: 3)!.Delay);
        Assert.Equal(new ResourceStateSnapshot("Gave up", "error"), _run.Shown);

        _run.Asked();
        Start(Second.AddMinutes(1));
        Assert.Equal(1, End(Second.AddMinutes(1), exitCode: 3)?.Try);
    }

    [Fact]
    public void What_has_never_begun_has_not_ended() => Assert.Null(End(First, exitCode: 3));

    private void Start(DateTime at)
    {
        _run.Observe(Snapshot("Starting", at.AddMinutes(-1)));
        _run.Observe(Snapshot("", null));
        _run.Observe(Snapshot("Running", at));
    }

    private RunEnd? End(DateTime started, int exitCode) => _run.Observe(Snapshot("Finished", started, exitCode));

    private static CustomResourceSnapshot Snapshot(string state, DateTime? started, int? exitCode = null) => new()
    {
        ResourceType = "Executable",
        Properties = [],
        State = state,
        StartTimeStamp = started,
        StopTimeStamp = exitCode is null ? null : started?.AddSeconds(1),
        ExitCode = exitCode,
    };
}
