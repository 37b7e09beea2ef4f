using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Ownership is checked here, where the data is.</summary>
internal sealed class GetJobHandler(MomDbContext database) : IRequestHandler<GetJob, Job>
{
    public async Task<Job> HandleAsync(GetJob request, MessageContext context, CancellationToken cancellationToken) =>
        await database.Jobs.AsNoTracking().Include(job => job.Steps)
            .SingleOrDefaultAsync(job => job.Id == request.JobId && job.UserId == request.UserId, cancellationToken) is { } found
            ? found.ToContract()
            : throw new RefusalException(JobErrors.NotFound, "There is no such job.");
}
