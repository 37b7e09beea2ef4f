using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

internal sealed class ListAllJobsHandler(MomDbContext database, AdminJobs jobs) : IRequestHandler<ListAllJobs, AdminJobPage>
{
    public async Task<AdminJobPage> HandleAsync(ListAllJobs request, MessageContext context, CancellationToken cancellationToken)
    {
        var matching = JobFilter.Apply(database.Jobs, request.Status, request.Text);
        if (request.UserId is { } owner)
        {
            matching = matching.Where(job => job.UserId == owner);
        }

        var total = await matching.CountToLimitAsync(cancellationToken);
        var page = matching.OrderByDescending(job => job.CreatedAt).ThenByDescending(job => job.Id).Page(request.Page, request.PageSize);
        return new AdminJobPage(await jobs.ReadAsync(page, cancellationToken), total);
    }
}
