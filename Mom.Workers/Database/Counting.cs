using Microsoft.EntityFrameworkCore;
using Mom.Contracts;

namespace Mom.Workers.Database;

internal static class Counting
{
    /// <summary>How many rows a query has; see <see cref="CountLimit.Most"/>.</summary>
    public static Task<int> CountToLimitAsync<T>(this IQueryable<T> query, CancellationToken cancellationToken) =>
        query.Take(CountLimit.Most).CountAsync(cancellationToken);
}
