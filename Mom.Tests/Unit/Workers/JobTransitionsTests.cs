using Mom.Contracts.Jobs;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Unit.Workers;

[Trait("Group", "unit")]
public sealed class JobTransitionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_job_runs_step_by_step_and_succeeds_with_the_last()
    {
        var job = NewJob(steps: 2);
        Assert.Equal(0, JobTransitions.Next(job)!.Position);

        Assert.True(JobTransitions.Succeed(job, 0, "1", attempts: 1, Now));
        Assert.Equal((JobStatus.Running, 1), (job.Status, JobTransitions.Next(job)!.Position));

        Assert.True(JobTransitions.Succeed(job, 1, "2", attempts: 3, Now));
        Assert.Equal((JobStatus.Succeeded, null), (job.Status, JobTransitions.Next(job)));
        Assert.Equal(3, job.Steps[1].Attempts);
    }

    [Fact]
    public void A_failed_step_ends_the_job()
    {
        var job = NewJob(steps: 3);
        Assert.True(JobTransitions.Fail(job, 0, "zero divisor", attempts: 1, Now));
        Assert.Equal((JobStatus.Failed, null), (job.Status, JobTransitions.Next(job)));
        Assert.Contains("zero divisor", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_outcome_of_a_step_counts()
    {
        var job = NewJob(steps: 2);
        Assert.True(JobTransitions.Succeed(job, 0, "1", attempts: 1, Now));
        Assert.False(JobTransitions.Succeed(job, 0, "other", attempts: 2, Now));
        Assert.False(JobTransitions.Fail(job, 0, "late", attempts: 2, Now));
        Assert.Equal("1", job.Steps[0].Result);
    }

    [Fact]
    public void A_terminal_state_never_changes()
    {
        var job = NewJob(steps: 2);
        Assert.True(JobTransitions.Fail(job, 0, "no", attempts: 1, Now));
        Assert.False(JobTransitions.Succeed(job, 1, "2", attempts: 1, Now));
        Assert.Equal(JobStatus.Failed, job.Status);
    }

    [Fact]
    public void An_unknown_step_changes_nothing() => Assert.False(JobTransitions.Succeed(NewJob(steps: 1), 7, "1", attempts: 1, Now));

    private static JobRow NewJob(int steps) => new()
    {
        Type = "math",
        Status = JobStatus.Queued,
        Steps = [.. Enumerable.Range(0, steps).Select(position => new JobStepRow { Position = position, Method = "add", Numbers = ["1"] })],
    };
}
