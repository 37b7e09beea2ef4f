using Mom.Api.Requests;
using Mom.Contracts.Jobs;

namespace Mom.Api.Jobs;

/// <summary>The rules for the key and the priority of a job.</summary>
internal static class JobOrderValidation
{
    public static void Check(CreateJobBody body, FieldErrors errors)
    {
        errors.Require(
            body.Priority is null or "low" or "normal" or "high",
            "priority",
            "The priority is one of: low, normal, high.");
        if (body.Unique is { } unique)
        {
            errors.Require(
                unique.Key is { Length: <= UniqueJob.KeyLength } key && !string.IsNullOrWhiteSpace(key),
                "unique.key",
                $"A key is 1 to {UniqueJob.KeyLength} characters.");
            errors.Require(
                unique.ForSeconds is null or (>= 1 and <= UniqueJob.LongestSeconds),
                "unique.forSeconds",
                $"A key is held for 1 to {UniqueJob.LongestSeconds:N0} seconds.");
        }
    }
}
