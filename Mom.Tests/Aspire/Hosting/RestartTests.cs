using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Mom.Hosting.Restarts;

namespace Mom.Tests.AspireTests.Hosting;

/// <summary>Processes that crash, are killed and are stopped, under the real orchestrator.</summary>
[Trait("Group", "aspire")]
[Trait("System", "own")]
public sealed class RestartTests
{
    private static readonly RestartOptions Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(100), LongestDelay = TimeSpan.FromMilliseconds(100), MaximumTries = 2 };

    // Twenty times the wait before a restart. No signal tells of what does not happen.
    private static readonly TimeSpan TimeForARestart = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task What_crashes_again_and_again_is_given_up_and_says_so_and_a_start_by_command_begins_anew()
    {
        await using var application = new SmallApplication();
        application.AddShell("crash", "exit 3").WithAutomaticRestart(Quick);
        await application.StartAsync();

        var end = await application.UntilAsync("crash", RestartStates.GaveUp);

        Assert.Equal(KnownResourceStateStyles.Error, end.Snapshot.State!.Style);
        var log = string.Join('\n', await application.LogOfAsync(end.ResourceId));
        Assert.Contains("It ended with code 3. Started again in 0.1 s (try 1 of 2)", log);
        Assert.Contains("It ended with code 3. Started again in 0.1 s (try 2 of 2)", log);
        Assert.Contains("Given up after 2 restarts", log);
        Assert.Contains(application.Log, line => line.StartsWith($"Error: {end.ResourceId}: It ended with code 3. Given up", StringComparison.Ordinal));
        Assert.Equal(ResourceCommandState.Enabled, end.Snapshot.Commands.Single(command => command.Name == KnownResourceCommands.StartCommand).State);

        await application.ExecuteAsync("crash", KnownResourceCommands.StartCommand);
        await application.UntilAsync("crash", update => RestartStates.IsRestarting(update.Snapshot.State?.Text));
        await application.UntilAsync("crash", RestartStates.GaveUp);
    }

    [Fact]
    public async Task What_is_killed_comes_back()
    {
        await using var application = new SmallApplication();
        application.AddShell("service", "exec sleep 1000").WithAutomaticRestart(Quick);
        await application.StartAsync();
        var first = SmallApplication.PidOf(await application.UntilAsync("service", KnownResourceStates.Running));

        Process.GetProcessById(first).Kill();

        var second = await application.UntilAsync("service", update => update.Snapshot.State?.Text == KnownResourceStates.Running && SmallApplication.PidOf(update) != first);
        Assert.Contains("It was killed. Started again in 0.1 s (try 1 of 2)", string.Join('\n', await application.LogOfAsync(second.ResourceId)));
    }

    [Fact]
    public async Task What_a_person_stops_stays_stopped_and_after_a_restart_by_command_it_is_guarded_again()
    {
        await using var application = new SmallApplication();
        application.AddShell("service", "exec sleep 1000").WithAutomaticRestart(Quick);
        await application.StartAsync();
        var first = SmallApplication.PidOf(await application.UntilAsync("service", KnownResourceStates.Running));

        Assert.True((await application.ExecuteAsync("service", KnownResourceCommands.RestartCommand)).Success);
        var second = SmallApplication.PidOf(await application.UntilAsync("service", update => update.Snapshot.State?.Text == KnownResourceStates.Running && SmallApplication.PidOf(update) != first));
        Assert.DoesNotContain(application.Log, line => line.Contains("Started again", StringComparison.Ordinal));

        Process.GetProcessById(second).Kill();
        await application.UntilAsync("service", update => update.Snapshot.State?.Text == KnownResourceStates.Running && SmallApplication.PidOf(update) != second);

        Assert.True((await application.ExecuteAsync("service", KnownResourceCommands.StopCommand)).Success);
        await application.UntilAsync("service", KnownResourceStates.Finished);
        Assert.Equal([KnownResourceStates.Finished], await application.StatesAsync("service", TimeForARestart));
    }

    [Fact]
    public async Task A_replica_is_restarted_alone()
    {
        await using var application = new SmallApplication();
        application.Builder.AddProject<Projects.Mom_MathService>("service", launchProfileName: null).WithHttpEndpoint().WithReplicas(2).WithAutomaticRestart(Quick);
        await application.StartAsync();
        var one = await application.UntilAsync("service", KnownResourceStates.Running);
        var other = await application.UntilAsync("service", update => update.ResourceId != one.ResourceId && update.Snapshot.State?.Text == KnownResourceStates.Running);

        KillAll(SmallApplication.PidOf(one));

        await application.UntilAsync("service", update => update.ResourceId == one.ResourceId
            && update.Snapshot.State?.Text == KnownResourceStates.Running && SmallApplication.PidOf(update) != SmallApplication.PidOf(one));
        var unchanged = await application.UntilAsync("service", update => update.ResourceId == other.ResourceId);
        Assert.Equal((KnownResourceStates.Running, SmallApplication.PidOf(other)), (unchanged.Snapshot.State?.Text, SmallApplication.PidOf(unchanged)));
        Assert.DoesNotContain(application.Log, line => line.Contains($"{other.ResourceId}: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_while_it_waits_to_be_restarted_is_obeyed()
    {
        await using var application = new SmallApplication();
        application.AddShell("crash", "exit 3").WithAutomaticRestart(new() { FirstDelay = TimeSpan.FromSeconds(1) });
        await application.StartAsync();
        await application.UntilAsync("crash", update => RestartStates.IsRestarting(update.Snapshot.State?.Text));

        Assert.True((await application.ExecuteAsync("crash", KnownResourceCommands.StopCommand)).Success);

        await application.UntilAsync("crash", KnownResourceStates.Finished);
        Assert.Equal([KnownResourceStates.Finished], await application.StatesAsync("crash", TimeForARestart));
    }

    // A server whose data directory cannot be used fails like this. There is no process, and has been none.
    [Fact]
    public async Task What_fails_before_there_is_a_process_is_tried_again_and_comes_up_once_the_cause_is_gone()
    {
        await using var application = new SmallApplication();
        var failures = 1;
        FailsToStart(application, "service", () => failures-- > 0);
        await application.StartAsync();

        var up = await application.UntilAsync("service", KnownResourceStates.Running);

        Assert.Contains("It failed to start. Started again in 0.1 s (try 1 of 2)", string.Join('\n', await application.LogOfAsync(up.ResourceId)));
    }

    [Fact]
    public async Task What_never_gets_as_far_as_a_process_is_given_up_and_can_be_started_by_command()
    {
        await using var application = new SmallApplication();
        var broken = true;
        FailsToStart(application, "service", () => broken);
        await application.StartAsync();

        var end = await application.UntilAsync("service", RestartStates.GaveUp);

        Assert.Contains("It failed to start. Given up after 2 restarts", string.Join('\n', await application.LogOfAsync(end.ResourceId)));
        Assert.Equal(ResourceCommandState.Enabled, end.Snapshot.Commands.Single(command => command.Name == KnownResourceCommands.StartCommand).State);
        broken = false;
        Assert.True((await application.ExecuteAsync("service", KnownResourceCommands.StartCommand)).Success);
        await application.UntilAsync("service", KnownResourceStates.Running);
    }

    [Fact]
    public async Task A_step_that_failed_does_not_make_the_service_after_it_try_again_and_again()
    {
        await using var application = new SmallApplication();
        var step = application.AddShell("step", "exit 1");
        application.AddShell("service", "exec sleep 1000").WithAutomaticRestart(Quick).WaitForCompletion(step);
        await application.StartAsync();

        await application.UntilAsync("service", KnownResourceStates.FailedToStart);
        Assert.Equal([KnownResourceStates.FailedToStart], await application.StatesAsync("service", TimeForARestart));
    }

    private static void FailsToStart(SmallApplication application, string name, Func<bool> isBroken) =>
        application.AddShell(name, "exec sleep 1000").WithAutomaticRestart(Quick).OnBeforeResourceStarted((_, _, _) =>
            isBroken() ? throw new DistributedApplicationException("The data cannot be used.") : Task.CompletedTask);

    // A project runs below `dotnet run`, which ends with it; killed alone, the runner would leave it behind.
    private static void KillAll(int runner)
    {
        using var process = Process.GetProcessById(runner);
        process.Kill(entireProcessTree: true);
    }
}
