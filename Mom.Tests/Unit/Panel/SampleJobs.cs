using Mom.Contracts.Jobs;

namespace Mom.Tests.Unit.Panel;

/// <summary>Jobs to show: one minute apart, each of two operations.</summary>
internal static class SampleJobs
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="age">The larger, the younger.</param>
    public static Job Create(int age, JobStatus status = JobStatus.Queued)
    {
        var created = Start.AddMinutes(age);
        return new Job(
            Guid.NewGuid(),
            MathMethods.JobType,
            status,
            status.IsTerminal(),
            new JobProgress(0, 2),
            [new JobDetail("add", ["1", "2"], null, null, 0), new JobDetail("factors", ["12"], null, null, 0)],
            Error: null,
            TraceId: null,
            RunAt: null,
            created,
            created);
    }

    /// <summary>The same job, some seconds later.</summary>
    public static Job Later(this Job job, int seconds, JobStatus status) =>
        job with { Status = status, Done = status.IsTerminal(), UpdatedAt = job.UpdatedAt.AddSeconds(seconds) };

    public static JobPage Page(params Job[] jobs) => new(jobs, jobs.Length);
}
