using Mom.Contracts.Jobs;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Unit.Workers;

[Trait("Group", "unit")]
public sealed class CancelledRunsTests
{
    // Whichever command is answered, for the first time or once more: what is told is true of the job as it is now.
    [Theory]
    [InlineData(JobStatus.Cancelled, 1, 1)]
    [InlineData(JobStatus.Cancelled, 3, 3)]
    [InlineData(JobStatus.Queued, 1, null)]
    [InlineData(JobStatus.Queued, 2, 1)]
    [InlineData(JobStatus.Running, 3, 2)]
    [InlineData(JobStatus.Succeeded, 1, null)]
    [InlineData(JobStatus.Failed, 2, 1)]
    public void A_run_that_may_still_go_on_is_never_called_ended(JobStatus status, int run, int? ended) =>
        Assert.Equal(ended, CancelledRuns.LastEnded(new JobRow { Type = "math", Status = status, Run = run }));
}
