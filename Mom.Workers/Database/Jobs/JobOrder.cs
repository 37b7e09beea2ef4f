using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Orders a query of jobs. No two jobs are equal in any order, or a page could show what another has shown.</summary>
internal static class JobOrder
{
    public static IQueryable<JobRow> Apply(IQueryable<JobRow> jobs, JobSort sort) => sort switch
    {
        JobSort.Oldest => jobs.OrderBy(job => job.CreatedAt).ThenBy(job => job.Id),
        JobSort.Changed => jobs.OrderByDescending(job => job.UpdatedAt).ThenByDescending(job => job.Id),
        JobSort.State => jobs
            .OrderBy(job => job.Status == JobStatus.Running ? 0
                : job.Status == JobStatus.Queued ? 1
                : job.Status == JobStatus.Scheduled ? 2
                : job.Status == JobStatus.Failed ? 3
                : job.Status == JobStatus.Cancelled ? 4 : 5)
            .ThenByDescending(job => job.CreatedAt).ThenByDescending(job => job.Id),
        _ => jobs.OrderByDescending(job => job.CreatedAt).ThenByDescending(job => job.Id),
    };
}
