using Mom.Contracts.Jobs;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Unit.Workers;

[Trait("Group", "unit")]
public sealed class JobBeginTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_queued_job_is_running_once_a_worker_has_taken_its_first_operation()
    {
        var job = NewJob();
        Assert.True(JobTransitions.Begin(job, run: 1, 0, Now));
        Assert.Equal((JobStatus.Running, Now, 0), (job.Status, job.UpdatedAt, Assert.Single(JobTransitions.Next(job)).Position));
        Assert.False(JobTransitions.Begin(job, run: 1, 0, Now));
    }

    [Fact]
    public void A_beginning_that_comes_late_changes_nothing()
    {
        var done = NewJob();
        JobTransitions.Succeed(done, run: 1, 0, "1", attempts: 1, Now);
        Assert.False(JobTransitions.Begin(done, run: 1, 0, Now));

        var cancelled = NewJob();
        JobTransitions.Cancel(cancelled, Now);
        Assert.False(JobTransitions.Begin(cancelled, run: 1, 0, Now));
        JobTransitions.Retry(cancelled, Now);
        Assert.False(JobTransitions.Begin(cancelled, run: 1, 0, Now));
        Assert.Equal(JobStatus.Queued, cancelled.Status);
    }

    private static JobRow NewJob() => new()
    {
        Id = Guid.NewGuid(),
        UserId = Guid.NewGuid(),
        Type = "math",
        Status = JobStatus.Queued,
        Steps = [new JobStepRow { Position = 0, Method = "add", Numbers = ["1"] }],
    };
}
