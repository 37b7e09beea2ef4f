using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

internal sealed class ListJobsHandler(MomDbContext database) : IRequestHandler<ListJobs, JobPage>
{
    public async Task<JobPage> HandleAsync(ListJobs request, MessageContext context, CancellationToken cancellationToken)
    {
        var jobs = JobFilter.Apply(database.Jobs.Where(job => job.UserId == request.UserId), request.Status, request.Text).AsNoTracking();
        var total = await jobs.CountAsync(cancellationToken);
        var page = await JobOrder.Apply(jobs, request.Sort)
            .Page(request.Page, request.PageSize)
            .Include(job => job.Steps)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        return new JobPage([.. page.Select(job => job.ToContract())], total);
    }
}
