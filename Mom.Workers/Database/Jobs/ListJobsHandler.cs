using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Jobs.Batches;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Workers.Database.Jobs;

internal sealed class ListJobsHandler(MomDbContext database) : IRequestHandler<ListJobs, JobPage>
{
    public Task<JobPage> HandleAsync(ListJobs request, MessageContext context, CancellationToken cancellationToken) =>
        request.Sort == JobSort.Newest && string.IsNullOrWhiteSpace(request.Text) ? NewestAsync(request, cancellationToken) : AnyAsync(request, cancellationToken);

    // What every page of a user begins with: in one round trip.
    private async Task<JobPage> NewestAsync(ListJobs request, CancellationToken cancellationToken)
    {
        var (skip, take) = Paging.Of(request.Page, request.PageSize);
        var (total, jobs) = (0, new Dictionary<Guid, JobRow>());
        await database.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)database.Database.GetDbConnection())
            {
                BatchCommands =
                {
                    JobStatements.BeginRead(),
                    JobStatements.Count(request.UserId, request.Status),
                    JobStatements.Newest(request.UserId, request.Status, skip, take),
                    JobStatements.StepsOfNewest(request.UserId, request.Status, skip, take),
                    JobStatements.Commit(),
                },
            };
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await EachAsync(row => total = row.GetInt32(0));
            await EachAsync(row => jobs.Add(row.GetGuid(0), JobStatements.ToJob(row)));
            await EachAsync(row => jobs[row.GetGuid(0)].Steps.Add(JobStatements.ToStep(row)));

            async Task EachAsync(Action<NpgsqlDataReader> read)
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    read(reader);
                }

                await reader.NextResultAsync(cancellationToken);
            }
        }
        finally
        {
            await database.Database.CloseConnectionAsync();
        }

        return new JobPage([.. jobs.Values.Select(job => job.ToContract())], total);
    }

    private async Task<JobPage> AnyAsync(ListJobs request, CancellationToken cancellationToken)
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
