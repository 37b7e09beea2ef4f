using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Tests.Broker.Support;
using Mom.Workers.Database;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker;

/// <summary>What a page of a list reads does not grow with the jobs that there are.</summary>
[Trait("Group", "broker")]
public sealed class ManyJobsTests(DataServers servers)
{
    private const int Succeeded = 30_000;
    private static readonly Guid Ann = Guid.Parse("0197a000-0000-7000-8000-00000000000a");

    [Fact]
    public async Task A_first_page_in_one_state_and_all_counts_read_no_more_than_what_they_show()
    {
        await using var database = await servers.DatabaseAsync();
        await FillAsync(database);

        var failed = await CountedAsync(database, context => new ListJobsHandler(context).HandleAsync(new ListJobs(Ann, JobStatus.Failed, null, 1, 10), Context, Cancellation));
        Assert.Equal((3, 3), (failed.Answer.Total, failed.Answer.Jobs.Count));
        Assert.InRange(failed.Reads, 1, 100);

        var all = await CountedAsync(database, context => new ListJobsHandler(context).HandleAsync(new ListJobs(Ann, null, null, 1, 10), Context, Cancellation));
        Assert.Equal((CountLimit.Most, 10), (all.Answer.Total, all.Answer.Jobs.Count));
        Assert.InRange(all.Reads, 1, CountLimit.Most + 100);

        var summary = await CountedAsync(
            database,
            context => new GetJobSummaryHandler(context, new JobCounts(context), Options.Create(new UserJobOptions()), TimeProvider.System).HandleAsync(new GetJobSummary(Ann), Context, Cancellation));
        Assert.Equal((CountLimit.Most, 3, 0), (summary.Answer.Counts["succeeded"], summary.Answer.Counts["failed"], summary.Answer.Counts["queued"]));
        Assert.InRange(summary.Reads, 1, CountLimit.Most + 100);

        var page = await CountedAsync(database, context => new ListAllJobsHandler(context, new AdminJobs(context)).HandleAsync(new ListAllJobs(JobStatus.Failed, null, null, 1, 10), Context, Cancellation));
        Assert.Equal((3, 3), (page.Answer.Total, page.Answer.Jobs.Count));
        Assert.InRange(page.Reads, 1, 100);

        var overview = await CountedAsync(database, context => new GetOverviewHandler(context, new JobCounts(context)).HandleAsync(new GetOverview(), Context, Cancellation));
        Assert.Equal((CountLimit.Most, 3), (overview.Answer.Jobs["succeeded"], overview.Answer.Jobs["failed"]));
        Assert.InRange(overview.Reads, 1, CountLimit.Most + 100);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MessageContext Context => new(Guid.NewGuid(), MomQueues.DbQueries, Attempt: 1, MaxAttempts: 1, DateTimeOffset.UtcNow);

    private static async Task<(T Answer, long Reads)> CountedAsync<T>(TestDatabase database, Func<MomDbContext, Task<T>> read)
    {
        var before = await database.ReadsAsync("jobs");
        await using var context = database.Context();
        var answer = await read(context);
        return (answer, await database.ReadsAsync("jobs") - before);
    }

    // Jobs of long ago: of the last hour each one is read.
    private static Task FillAsync(TestDatabase database) => database.ExecuteAsync(
        $"""
         insert into users (id, first_name, last_name, email, password_hash, role, created_at, updated_at) values ('{Ann}', 'Ann', 'Lee', 'ann@example.org', 'none', 'user', now(), now());
         insert into jobs (id, user_id, type, status, run, reconciliations, version, created_at, updated_at)
         select gen_random_uuid(), '{Ann}', 'math', case when number % 10000 = 0 then 'Failed' else 'Succeeded' end, 1, 0, 1, now() - interval '1 day' - number * interval '1 s', now() - interval '1 day'
         from generate_series(1, {Succeeded}) as number;
         analyze jobs;
         """);
}
