using Mom.Contracts.Jobs;
using Mom.Panel.Jobs;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class OperationStatesTests
{
    private readonly Job _job = SampleJobs.Create(age: 1);

    [Fact]
    public void The_first_operation_without_an_outcome_is_the_one_that_is_worked_on() =>
        Assert.Equal([OperationState.Working, OperationState.Waiting], States(_job.Later(1, JobStatus.Running)));

    [Fact]
    public void While_no_worker_has_taken_a_job_all_its_operations_wait() =>
        Assert.Equal([OperationState.Waiting, OperationState.Waiting], States(_job));

    [Fact]
    public void After_a_failure_the_rest_is_skipped()
    {
        var failed = _job.Later(1, JobStatus.Failed) with { Details = [_job.Details[0] with { Error = "No." }, _job.Details[1]] };

        Assert.Equal([OperationState.Failed, OperationState.Skipped], States(failed));
    }

    [Fact]
    public void A_result_makes_it_done()
    {
        var running = _job.Later(1, JobStatus.Running) with { Details = [_job.Details[0] with { Result = "3" }, _job.Details[1]] };

        Assert.Equal([OperationState.Done, OperationState.Working], States(running));
    }

    private static IEnumerable<OperationState> States(Job job) => job.Details.Select((_, index) => job.StateOf(index));
}
