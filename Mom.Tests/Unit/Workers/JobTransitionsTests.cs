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
        Assert.Equal(0, Assert.Single(JobTransitions.Next(job)).Position);

        Assert.True(JobTransitions.Succeed(job, run: 1, 0, "1", attempts: 1, Now));
        Assert.Equal((JobStatus.Running, 1), (job.Status, Assert.Single(JobTransitions.Next(job)).Position));

        Assert.True(JobTransitions.Succeed(job, run: 1, 1, "2", attempts: 3, Now));
        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Empty(JobTransitions.Next(job));
        Assert.Equal(3, job.Steps[1].Attempts);
    }

    [Fact]
    public void A_failed_step_ends_the_job()
    {
        var job = NewJob(steps: 3);
        Assert.True(JobTransitions.Fail(job, run: 1, 0, "zero divisor", attempts: 1, Now));
        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Empty(JobTransitions.Next(job));
        Assert.Contains("zero divisor", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_outcome_of_a_step_counts()
    {
        var job = NewJob(steps: 2);
        Assert.True(JobTransitions.Succeed(job, run: 1, 0, "1", attempts: 1, Now));
        Assert.False(JobTransitions.Succeed(job, run: 1, 0, "other", attempts: 2, Now));
        Assert.False(JobTransitions.Fail(job, run: 1, 0, "late", attempts: 2, Now));
        Assert.Equal("1", job.Steps[0].Result);
    }

    [Fact]
    public void A_terminal_state_never_changes()
    {
        var job = NewJob(steps: 2);
        Assert.True(JobTransitions.Fail(job, run: 1, 0, "no", attempts: 1, Now));
        Assert.False(JobTransitions.Succeed(job, run: 1, 1, "2", attempts: 1, Now));
        Assert.Equal(JobStatus.Failed, job.Status);
    }

    [Fact]
    public void An_unknown_step_changes_nothing() => Assert.False(JobTransitions.Succeed(NewJob(steps: 1), run: 1, 7, "1", attempts: 1, Now));

    [Fact]
    public void A_job_that_is_not_done_can_be_cancelled_and_then_nothing_changes_it()
    {
        foreach (var status in new[] { JobStatus.Scheduled, JobStatus.Queued, JobStatus.Running })
        {
            var job = NewJob(steps: 2);
            job.Status = status;
            Assert.True(JobTransitions.Cancel(job, Now));
            Assert.Equal(JobStatus.Cancelled, job.Status);
            Assert.Empty(JobTransitions.Next(job));
            Assert.False(JobTransitions.Cancel(job, Now));
            Assert.False(JobTransitions.Succeed(job, run: 1, 0, "1", attempts: 1, Now));
            Assert.False(JobTransitions.Start(job, Now));
        }
    }

    [Fact]
    public void A_scheduled_job_has_nothing_to_do_until_it_is_started()
    {
        var job = NewJob(steps: 1);
        job.Status = JobStatus.Scheduled;
        Assert.Empty(JobTransitions.Next(job));
        Assert.False(JobTransitions.Succeed(job, run: 1, 0, "1", attempts: 1, Now));

        Assert.True(JobTransitions.Start(job, Now));
        Assert.Equal((JobStatus.Queued, 0), (job.Status, Assert.Single(JobTransitions.Next(job)).Position));
        Assert.False(JobTransitions.Start(job, Now));
    }

    [Fact]
    public void A_retry_keeps_results_and_counts_attempts_on()
    {
        var job = NewJob(steps: 3);
        JobTransitions.Succeed(job, run: 1, 0, "1", attempts: 2, Now);
        JobTransitions.Fail(job, run: 1, 1, "no", attempts: 6, Now);

        Assert.True(JobTransitions.Retry(job, Now));
        Assert.Equal((JobStatus.Running, 2, null, 1), (job.Status, job.Run, job.Error, Assert.Single(JobTransitions.Next(job)).Position));
        Assert.Equal("1", job.Steps[0].Result);
        Assert.False(JobTransitions.Retry(job, Now));

        Assert.True(JobTransitions.Succeed(job, run: 2, 1, "2", attempts: 1, Now));
        Assert.Equal(7, job.Steps[1].Attempts);
    }

    [Fact]
    public void What_is_left_of_an_earlier_run_has_no_effect()
    {
        var job = NewJob(steps: 1);
        JobTransitions.Cancel(job, Now);
        JobTransitions.Retry(job, Now);
        Assert.False(JobTransitions.Succeed(job, run: 1, 0, "late", attempts: 1, Now));
        Assert.False(JobTransitions.Fail(job, run: 1, 0, "late", attempts: 1, Now));
        Assert.Equal(JobStatus.Queued, job.Status);
    }

    [Fact]
    public void A_job_that_succeeded_or_is_under_way_cannot_be_retried()
    {
        var job = NewJob(steps: 1);
        Assert.False(JobTransitions.Retry(job, Now));
        JobTransitions.Succeed(job, run: 1, 0, "1", attempts: 1, Now);
        Assert.False(JobTransitions.Retry(job, Now));
    }

    [Fact]
    public void A_job_that_was_cancelled_before_its_time_waits_for_it_again_when_it_is_retried()
    {
        var job = NewJob(steps: 1, runAt: Now.AddHours(1));
        JobTransitions.Cancel(job, Now);
        JobTransitions.Retry(job, Now);
        Assert.Equal(JobStatus.Scheduled, job.Status);
    }

    [Fact]
    public void A_replayed_step_takes_its_failure_back_in_the_same_run_only()
    {
        var job = NewJob(steps: 2);
        JobTransitions.Fail(job, run: 1, 0, "no", attempts: 6, Now);
        Assert.False(JobTransitions.Replay(job, run: 2, 0, Now));
        Assert.False(JobTransitions.Replay(job, run: 1, 1, Now));

        Assert.True(JobTransitions.Replay(job, run: 1, 0, Now));
        Assert.Equal((JobStatus.Queued, 1, 0), (job.Status, job.Run, Assert.Single(JobTransitions.Current(job)).Position));
        // Its message is the one that is replayed.
        Assert.Empty(JobTransitions.Next(job));
        Assert.False(JobTransitions.Replay(job, run: 1, 0, Now));
    }

    [Fact]
    public void The_times_of_an_operation_are_kept_and_a_retry_forgets_those_of_what_is_done_anew()
    {
        var job = NewJob(steps: 2);
        Assert.True(JobTransitions.Begin(job, run: 1, 0, Now, Now.AddSeconds(-1)));
        Assert.Equal(Now.AddSeconds(-1), job.Steps[0].StartedAt);
        JobTransitions.Succeed(job, run: 1, 0, "1", attempts: 1, Now.AddSeconds(2), Now);
        Assert.Equal((Now, Now.AddSeconds(2)), (job.Steps[0].StartedAt, job.Steps[0].FinishedAt));
        // An older worker does not say when it began.
        JobTransitions.Fail(job, run: 1, 1, "no", attempts: 1, Now.AddSeconds(3));
        Assert.Equal((null, Now.AddSeconds(3)), (job.Steps[1].StartedAt, job.Steps[1].FinishedAt));

        JobTransitions.Retry(job, Now.AddSeconds(4));
        Assert.Equal((Now, null), (job.Steps[0].StartedAt, job.Steps[1].FinishedAt));
    }

    private static JobRow NewJob(int steps, DateTimeOffset? runAt = null) => new()
    {
        Type = "math",
        Status = JobStatus.Queued,
        RunAt = runAt,
        Steps = [.. Enumerable.Range(0, steps).Select(position => new JobStepRow { Position = position, Method = "add", Numbers = ["1"] })],
    };
}
