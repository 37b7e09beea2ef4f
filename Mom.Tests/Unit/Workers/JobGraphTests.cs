using Mom.Contracts.Jobs;
using Mom.Workers.Database.Jobs;
using static Mom.Tests.Unit.Workers.GraphJob;

namespace Mom.Tests.Unit.Workers;

[Trait("Group", "unit")]
public sealed class JobGraphTests
{
    [Fact]
    public void The_two_sides_of_a_diamond_are_in_flight_together_and_meet_once()
    {
        var job = new GraphJob(Step("a"), Step("b", ["a"]), Step("c", ["a"]), Step("d", ["b", "c"]));
        Assert.Equal(["a"], job.Send());
        job.Succeed("a");
        Assert.Equal(["b", "c"], job.Send());
        job.Succeed("c");
        Assert.Empty(job.Send());
        job.Succeed("b");
        Assert.Equal(["d"], job.Send());
        Assert.Empty(job.Send());
        job.Succeed("d");
        Assert.Equal((JobStatus.Succeeded, new JobProgress(4, 4)), (job.Row.Status, job.Row.ToContract().Progress));
    }

    [Fact]
    public void A_result_is_the_number_of_what_comes_after_it()
    {
        var job = new GraphJob(Step("a"), Step("b", numbers: ["$a", "2", "$a"]));
        Assert.Equal(["a"], job.Send());
        job.Succeed("a", "7.5");
        Assert.Equal(["7.5", "2", "7.5"], Assert.IsType<MathStep>(Assert.Single(JobEffects.Next(job.Row, Now))).Numbers);
        // As it was ordered.
        Assert.Equal(["$a", "2", "$a"], job.Row.ToContract().Details[1].Numbers);
    }

    [Theory]
    [InlineData("factors", "2,2,3", "add")]
    [InlineData("divide", "0.5", "factors")]
    public void A_result_that_is_no_number_for_the_next_operation_fails_it_before_it_is_sent(string method, string result, string next)
    {
        var job = new GraphJob(Step("a", method: method), Step("b", numbers: ["$a"], method: next));
        job.Send();
        job.Succeed("a", result);
        Assert.Empty(job.Send());
        Assert.Equal((JobStatus.Failed, 0), (job.Row.Status, job.Of("b").Attempts));
        Assert.StartsWith($"Operation 2 ({next}): It cannot take the result of 'a', {result}.", job.Row.Error, StringComparison.Ordinal);
        // A retry would not help, and says so at once.
        JobTransitions.Retry(job.Row, Now);
        Assert.Equal((JobStatus.Failed, false), (job.Row.Status, job.Row.Waiting));
    }

    [Fact]
    public void Results_that_are_too_long_together_fail_the_operation()
    {
        var job = new GraphJob(Step("a"), Step("b", numbers: [.. Enumerable.Repeat("$a", 7)]));
        job.Send();
        job.Succeed("a", new string('9', 1_000));
        Assert.Equal(JobStatus.Failed, job.Row.Status);
        Assert.Contains("6,000 characters", job.Of("b").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_waits_for_what_is_in_flight_and_undoes_in_reverse_order_before_the_job_fails()
    {
        var job = new GraphJob(Step("a"), Step("b", ["a"]), Step("c", ["a"]), Step("d", ["a"]), Step("e", ["b"]), Undo("a"), Undo("b"), Undo("c"), Undo("e"));
        job.Send();
        job.Succeed("a");
        Assert.Equal(["b", "c", "d"], job.Send());
        job.Succeed("b", "5");
        Assert.Equal(["e"], job.Send());

        job.Fail("d");
        Assert.Empty(job.Send());
        Assert.Equal((JobStatus.Running, null), (job.Row.Status, job.Row.Error));
        job.Fail("e");
        Assert.Empty(job.Send());
        job.Succeed("c");
        Assert.Equal(["un-c"], job.Send());
        job.Succeed("un-c");
        Assert.Equal(["5", "1"], Assert.IsType<MathStep>(Assert.Single(JobEffects.Next(job.Row, Now))).Numbers);
        job.Succeed("un-b");
        Assert.Equal(["un-a"], job.Send());
        job.Succeed("un-a");

        Assert.Empty(job.Send());
        Assert.Equal((JobStatus.Failed, "Operation 4 (add): zero divisor", new JobProgress(3, 5)), (job.Row.Status, job.Row.Error, job.Row.ToContract().Progress));
    }

    [Fact]
    public void A_compensation_that_fails_keeps_no_other_from_being_done()
    {
        var job = new GraphJob(Step("a"), Step("b", ["a"]), Step("c", ["b"]), Undo("a"), Undo("b"));
        Go(job, "a", "b");
        job.Fail("c");
        Assert.Equal(["un-b"], job.Send());
        job.Fail("un-b");
        Assert.Equal(["un-a"], job.Send());
        job.Succeed("un-a");
        Assert.Equal((JobStatus.Failed, "Operation 3 (add): zero divisor The compensation of 'b' failed, too."), (job.Row.Status, job.Row.Error));
    }

    [Fact]
    public void A_failure_that_another_operation_waits_for_does_not_fail_the_job()
    {
        var job = new GraphJob(Step("a"), Step("b", ["a"]), Step("instead", ["a"], when: JobConditions.Failed), Step("after-b", ["b"]), Undo("a"));
        job.Send();
        job.Fail("a");
        Assert.Equal(["instead"], job.Send());
        job.Succeed("instead");
        Assert.Equal((JobStatus.Succeeded, new JobProgress(1, 1)), (job.Row.Status, job.Row.ToContract().Progress));
        Assert.Equal([false, true, false, true, false], job.Row.ToContract().Details.Select(detail => detail.Skipped));
    }

    [Fact]
    public void What_waits_for_a_failure_is_skipped_when_there_is_none()
    {
        var job = new GraphJob(Step("a"), Step("instead", ["a"], when: JobConditions.Failed), Step("more", ["instead"]));
        job.Send();
        job.Succeed("a");
        Assert.Empty(job.Send());
        Assert.Equal((JobStatus.Succeeded, new JobProgress(1, 1)), (job.Row.Status, job.Row.ToContract().Progress));
    }

    [Fact]
    public void A_retry_does_again_what_was_undone_and_all_that_came_after_it()
    {
        var job = new GraphJob(Step("a"), Step("kept"), Step("b", ["a"]), Step("c", ["b"]), Undo("a"));
        Assert.Equal(["a", "kept"], job.Send());
        Go(job, "kept", "a", "b");
        job.Fail("c");
        Go(job, "un-a");
        Assert.Equal(JobStatus.Failed, job.Row.Status);

        JobTransitions.Retry(job.Row, Now);
        job.Row.Waiting = false;
        Assert.Equal(["a"], job.Send());
        Assert.Equal(("1", null, null), (job.Of("kept").Result, job.Of("b").Result, job.Of("un-a").Result));
    }

    [Fact]
    public void A_replayed_operation_is_not_sent_twice_and_what_had_not_begun_is_sent_beside_it()
    {
        var job = new GraphJob(Step("a"), Step("b"), Step("c", ["b"]));
        job.Send();
        job.Fail("a");
        job.Succeed("b");
        Assert.Equal(JobStatus.Failed, job.Row.Status);
        Assert.True(JobTransitions.Replay(job.Row, run: 1, 0, Now));
        Assert.Equal(["c"], job.Send());
    }

    [Fact]
    public void What_was_compensated_is_not_replayed_but_a_compensation_is()
    {
        var job = new GraphJob(Step("a"), Step("b", ["a"]), Step("c", ["b"]), Undo("a"), Undo("b"));
        Go(job, "a", "b");
        job.Fail("c");
        job.Send();
        job.Fail("un-b");
        Go(job, "un-a");
        Assert.Equal(JobStatus.Failed, job.Row.Status);

        Assert.False(JobTransitions.Replay(job.Row, run: 1, job.Of("c").Position, Now));
        Assert.True(JobTransitions.Replay(job.Row, run: 1, job.Of("un-b").Position, Now));
        Assert.Equal((JobStatus.Running, "un-b"), (job.Row.Status, Assert.Single(JobTransitions.Current(job.Row)).Name));
        Assert.Empty(job.Send());
        job.Succeed("un-b");
        Assert.Equal((JobStatus.Failed, "Operation 3 (add): zero divisor"), (job.Row.Status, job.Row.Error));
    }

    [Fact]
    public void What_is_queued_anew_is_all_that_is_in_flight_and_nothing_else()
    {
        var job = new GraphJob(Step("a"), Step("b"), Step("c", ["a"]), Step("d", ["b", "c"]));
        job.Send();
        job.Succeed("a");
        job.Send();
        Assert.Equal([1, 2], JobEffects.Again(job.Row, Now).Select(message => ((MathStep)message).Step));
    }

    [Fact]
    public void So_many_operations_of_one_job_are_in_flight_and_not_more()
    {
        var job = new GraphJob([.. Enumerable.Range(0, JobLimits.Operations).Select(number => Step($"s{number}"))]);
        Assert.Equal(JobLimits.InFlight, job.Send().Count);
        job.Succeed("s3");
        Assert.Equal([$"s{JobLimits.InFlight}"], job.Send());
    }

    private static void Go(GraphJob job, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            job.Send();
            Assert.True(job.Succeed(name));
        }
    }
}
