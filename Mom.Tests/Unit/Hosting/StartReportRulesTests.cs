using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Time.Testing;
using Mom.Hosting.Reporting;

namespace Mom.Tests.Unit.Hosting;

[Trait("Group", "unit")]
public sealed class StartReportRulesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ExecutableResource _server = new("server", "sh", "/");
    private readonly ExecutableResource _client = new("client", "sh", "/");
    private readonly StartReport _report;

    public StartReportRulesTests() => _report = new StartReport([_server, _client], new StartReportOptions(), _time);

    [Fact]
    public void The_same_end_after_a_restart_is_told_once_and_again_only_after_it_was_healthy()
    {
        Assert.Equal("ended with code 3", Observe(_server, "Finished", 3)?.What);
        Observe(_server, "Starting");
        Assert.Null(Observe(_server, "Finished", 3));
        Assert.Equal("was killed", Observe(_server, "Finished", -1)?.What);

        Observe(_server, "Running");
        Assert.Equal("was killed", Observe(_server, "Finished", -1)?.What);
    }

    [Fact]
    public void What_a_person_stops_is_not_told_but_the_crash_after_the_next_start_is()
    {
        Observe(_server, "Running");
        Observe(_server, "Stopping");
        Assert.Null(Observe(_server, "Finished", -1));

        Observe(_server, "Starting");
        Assert.NotNull(Observe(_server, "Finished", -1));
    }

    [Fact]
    public void An_end_with_code_0_is_told_only_where_others_wait()
    {
        Assert.Null(Observe(_server, "Finished", 0));

        _client.Annotations.Add(new WaitAnnotation(_server, WaitType.WaitUntilHealthy));
        Observe(_client, "Waiting");
        Observe(_server, "Running");
        Assert.Equal(["client"], Observe(_server, "Finished", 0)?.Waiting);
    }

    [Fact]
    public void A_step_that_others_wait_for_may_end_with_the_code_that_they_expect()
    {
        _client.Annotations.Add(new WaitAnnotation(_server, WaitType.WaitForCompletion, exitCode: 0));
        Observe(_client, "Waiting");

        Assert.Null(Observe(_server, "Finished", 0));
        Assert.Equal(["client"], Observe(_server, "Finished", 1)?.Waiting);
    }

    [Fact]
    public void All_is_well_once_when_what_runs_is_healthy_and_what_ended_ended_well()
    {
        Observe(_server, "Running");
        Assert.Null(_report.Complete());
        _time.Advance(TimeSpan.FromSeconds(23));
        Observe(_client, "Finished", 0);

        var completion = _report.Complete();
        Assert.Equal((2, "23 s"), (completion?.Resources, completion?.Took));
        Assert.Null(_report.Complete());
    }

    [Fact]
    public void What_is_started_by_hand_holds_nothing_up()
    {
        _client.Annotations.Add(new ExplicitStartupAnnotation());
        Observe(_client, "NotStarted");
        Observe(_server, "Running");

        Assert.Equal(1, _report.Complete()?.Resources);
    }

    private StartReport.Failure? Observe(ExecutableResource resource, string state, int? exitCode = null) => _report.Observe(new ResourceEvent(
        resource,
        resource.Name + "-1",
        new CustomResourceSnapshot { ResourceType = "Executable", Properties = ImmutableArray<ResourcePropertySnapshot>.Empty, State = state, ExitCode = exitCode }));
}
