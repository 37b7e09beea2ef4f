using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

internal sealed class ListJobsHandler(MomDbContext database) : IRequestHandler<ListJobs, JobPage>
{
    private const int MaxPageSize = 100;

    public async Task<JobPage> HandleAsync(ListJobs request, MessageContext context, CancellationToken cancellationToken)
    {
        var jobs = Filter(request);
        var total = await jobs.CountAsync(cancellationToken);
        var pageSize = int.Clamp(request.PageSize, 1, MaxPageSize);
        var page = await jobs
            .OrderByDescending(job => job.CreatedAt)
            .ThenByDescending(job => job.Id)
            .Skip((int.Max(request.Page, 1) - 1) * pageSize)
            .Take(pageSize)
            .Include(job => job.Steps)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        return new JobPage([.. page.Select(job => job.ToContract())], total);
    }

    private IQueryable<JobRow> Filter(ListJobs request)
    {
        var jobs = database.Jobs.AsNoTracking().Where(job => job.UserId == request.UserId);
        if (request.Status is { } status)
        {
            jobs = jobs.Where(job => job.Status == status);
        }

        if (!string.IsNullOrWhiteSpace(request.Text))
        {
            var pattern = $"%{Escape(request.Text.Trim())}%";
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

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
