using Mom.Contracts.Jobs;

namespace Mom.Tests.Broker.Support;

/// <summary>Messages that tests publish.</summary>
internal static class Events
{
    public static JobChanged JobChanged(Guid? job = null) => new(
        Guid.NewGuid(),
        new Job(
            job ?? Guid.NewGuid(), MathMethods.JobType, JobStatus.Queued, Done: false, new JobProgress(0, 1), [], Error: null, TraceId: null, RunAt: null,
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
}
