namespace Mom.Workers.Database;

internal static class Paging
{
    private const int MaxPageSize = 100;

    /// <summary>One page of an ordered query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="page">From 1; less counts as 1.</param>
    /// <param name="pageSize">1 to 100; anything else is taken for the nearest.</param>
    public static IQueryable<T> Page<T>(this IQueryable<T> query, int page, int pageSize)
    {
        var (skip, take) = Of(page, pageSize);
        return query.Skip(skip).Take(take);
    }

    /// <summary>How many to leave out, and how many to take; page and size as above.</summary>
    public static (int Skip, int Take) Of(int page, int pageSize)
    {
        var size = int.Clamp(pageSize, 1, MaxPageSize);
        return ((int.Max(page, 1) - 1) * size, size);
    }
}
