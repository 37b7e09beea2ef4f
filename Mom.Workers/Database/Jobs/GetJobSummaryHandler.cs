using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Only of the caller's own jobs: whose they are is checked here, where the data is.</summary>
internal sealed class GetJobSummaryHandler(MomDbContext database, JobCounts jobs, IOptions<UserJobOptions> options, TimeProvider time) : IRequestHandler<GetJobSummary, JobSummary>
{
    public async Task<JobSummary> HandleAsync(GetJobSummary request, MessageContext context, CancellationToken cancellationToken)
    {
        var counts = string.IsNullOrWhiteSpace(request.Text)
            ? await jobs.OfUserAsync(request.UserId, cancellationToken)
            : await CountMatchingAsync(request.UserId, request.Text, cancellationToken);
        var summary = await ReadAsync(request.UserId, cancellationToken);
        return summary with
        {
            UnderWay = options.Value.UnderWay,
            Counts = Enum.GetValues<JobStatus>().ToDictionary(LowerCase, status => counts.GetValueOrDefault(status), StringComparer.Ordinal),
        };
    }

    private Task<Dictionary<JobStatus, int>> CountMatchingAsync(Guid user, string text, CancellationToken cancellationToken) =>
        JobFilter.Apply(database.Jobs.Where(job => job.UserId == user), status: null, text)
            .GroupBy(job => job.Status).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);

    // One round trip for all the rest, in the shape of the contract. The operations of a job that was done in the last hour tell how long it waited.
    private async Task<JobSummary> ReadAsync(Guid user, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - TimeSpan.FromHours(1);
        var json = await database.Database.SqlQuery<string>(
            $$"""
             with ended as (
               select id, status, updated_at from jobs where user_id = {{user}} and updated_at > {{since}} and status in ('Succeeded', 'Failed')
             ), minutes as (
               select date_trunc('minute', created_at) as at, 1 as created, 0 as succeeded, 0 as failed from jobs where user_id = {{user}} and created_at > {{since}}
               union all
               select date_trunc('minute', updated_at), 0, (status = 'Succeeded')::int, (status = 'Failed')::int from ended
             ), times as (
               select sum(greatest(extract(epoch from s.started_at - s.queued_at), 0)) as waited, sum(greatest(extract(epoch from s.finished_at - s.started_at), 0)) as ran
               from job_steps as s join ended as e on e.id = s.job_id
               where s.queued_at is not null and s.started_at is not null and s.finished_at is not null group by s.job_id
             )
             select json_build_object(
               'counts', json_build_object(),
               'lastHour', coalesce((
                 select json_agg(json_build_object('at', m.at, 'created', m.created, 'succeeded', m.succeeded, 'failed', m.failed) order by m.at)
                 from (select at, sum(created) as created, sum(succeeded) as succeeded, sum(failed) as failed from minutes group by at) as m), json_build_array()),
               'waitingSeconds', (select percentile_cont(0.5) within group (order by waited) from times),
               'runningSeconds', (select percentile_cont(0.5) within group (order by ran) from times),
               'waitForTurn', (select count(*) from jobs where user_id = {{user}} and status = 'Queued' and waiting),
               'waitForWorker', (select count(*) from jobs where user_id = {{user}} and status = 'Queued' and not waiting),
               'nextRunAt', (select min(run_at) from jobs where user_id = {{user}} and status = 'Scheduled'),
               'underWay', 0)::text as "Value"
             """).ToListAsync(cancellationToken);
        return JsonSerializer.Deserialize(json.Single(), MomJsonContext.Default.JobSummary)!;
    }

#pragma warning disable CA1308 // A state's name on the wire is lower case by contract.
    private static string LowerCase(JobStatus status) => status.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
