using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Narrows a query of jobs.</summary>
internal static class JobFilter
{
    /// <param name="jobs">The query.</param>
    /// <param name="status">Only those in this state.</param>
    /// <param name="text">Only those in which this text occurs.</param>
    public static IQueryable<JobRow> Apply(IQueryable<JobRow> jobs, JobStatus? status, string? text)
    {
        if (status is { } wanted)
        {
            jobs = jobs.Where(job => job.Status == wanted);
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            var pattern = SearchPattern.Containing(text);
            jobs = jobs.Where(job =>
                EF.Functions.ILike(job.Id.ToString(), pattern, "\\")
                || EF.Functions.ILike(job.Type, pattern, "\\")
                || EF.Functions.ILike(job.Error ?? string.Empty, pattern, "\\")
                || job.Steps.Any(step =>
                    EF.Functions.ILike(step.Method, pattern, "\\")
                    || EF.Functions.ILike(step.Result ?? string.Empty, pattern, "\\")
                    || EF.Functions.ILike(string.Join(",", step.Numbers), pattern, "\\")));
        }

        return jobs;
    }
}
