using Microsoft.EntityFrameworkCore;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>How many jobs are in each state, each counted up to <see cref="CountLimit.Most"/>.</summary>
internal sealed class JobCounts(MomDbContext database)
{
    private static readonly string OfAll = Sql("");
    private static readonly string OfUser = Sql("user_id = {0} and ");

    public Task<Dictionary<JobStatus, int>> OfAllAsync(CancellationToken cancellationToken) => ReadAsync(OfAll, [], cancellationToken);

    public Task<Dictionary<JobStatus, int>> OfUserAsync(Guid user, CancellationToken cancellationToken) => ReadAsync(OfUser, [user], cancellationToken);

    private async Task<Dictionary<JobStatus, int>> ReadAsync(string sql, object[] parameters, CancellationToken cancellationToken) =>
        (await database.Database.SqlQueryRaw<Row>(sql, parameters).ToListAsync(cancellationToken)).ToDictionary(row => Enum.Parse<JobStatus>(row.Status), row => row.Count);

    // Each state as a literal and by itself: what finds ten failed jobs among millions is another plan than what counts ten thousand that succeeded.
    private static string Sql(string scope) => string.Join(
        " union all ",
        Enum.GetNames<JobStatus>().Select(status =>
            $"select '{status}' as status, count(*)::int as count from (select from jobs where {scope}status = '{status}' limit {CountLimit.Most}) as counted"));

    private sealed record Row(string Status, int Count);
}
