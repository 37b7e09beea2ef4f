using Mom.Api.Requests;
using Mom.Contracts.Jobs;

namespace Mom.Api.Jobs;

/// <summary>Reads a state of jobs from the query.</summary>
internal static class JobStatusQuery
{
    public static JobStatus? Read(string? status, FieldErrors errors)
    {
        JobStatus? wanted = Enum.TryParse<JobStatus>(status, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        errors.Require(string.IsNullOrEmpty(status) || wanted is not null, "status", "The status is one of: scheduled, queued, running, succeeded, failed, cancelled.");
        return wanted;
    }
}
