using Mom.Api.Requests;
using Mom.Contracts.Jobs;

namespace Mom.Api.Jobs;

/// <summary>Reads an order of jobs from the query.</summary>
internal static class JobSortQuery
{
    public static JobSort Read(string? sort, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(sort))
        {
            return JobSort.Newest;
        }

        var known = Enum.TryParse<JobSort>(sort, ignoreCase: true, out var wanted) && Enum.IsDefined(wanted);
        errors.Require(known, "sort", "The order is one of: newest, oldest, changed, state.");
        return wanted;
    }
}
