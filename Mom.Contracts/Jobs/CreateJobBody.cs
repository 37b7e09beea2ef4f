using System.Text.Json.Serialization;
using Mom.Contracts.Json;

namespace Mom.Contracts.Jobs;

/// <summary>Body of <c>POST /job</c>.</summary>
/// <param name="Type">The kind of job: <c>math</c>.</param>
/// <param name="Details">1 to <see cref="JobLimits.Operations"/> operations.</param>
/// <param name="RunAt">
/// Not before this time, to the second: ISO 8601 with its offset from UTC, such as <c>2027-01-31T08:00:00Z</c>, at most
/// <see cref="JobLimits.DaysAhead"/> days ahead. Without it, or when it passed less than five minutes ago, at once; what is longer past is refused.
/// </param>
/// <param name="Unique">While a job of the user holds the key, another order with it is answered with that job.</param>
/// <param name="Priority">See <see cref="JobPriority"/>, in lower case; without it <c>normal</c>.</param>
public sealed record CreateJobBody(
    string? Type = null,
    IReadOnlyList<CreateJobDetail?>? Details = null,
    string? RunAt = null,
    UniqueJob? Unique = null,
    string? Priority = null)
{
    /// <summary>Whether all is there that <see cref="ToOrder"/> needs. What it says may be wrong still.</summary>
    public bool CanBeOrdered() =>
        Type is not null
        && Details is { Count: > 0 }
        && Details.All(detail => detail is { Method: not null, Numbers.Count: > 0 } && detail.Numbers.All(number => number is not null))
        && (Priority is null || Enum.TryParse<JobPriority>(Priority, ignoreCase: true, out var priority) && Enum.IsDefined(priority));

    /// <summary>The order that a body makes which was found valid.</summary>
    /// <param name="jobId">The id of the job.</param>
    /// <param name="userId">Whose job it is.</param>
    /// <param name="runAt">Not before this time; <see langword="null"/> for at once.</param>
    public CreateJob ToOrder(Guid jobId, Guid userId, DateTimeOffset? runAt) => new(
        jobId,
        userId,
        Type!,
        [.. Details!.Select(detail => new Operation(detail!.Method!, detail.Numbers!))],
        runAt,
        Unique,
        Priority is null ? JobPriority.Normal : Enum.Parse<JobPriority>(Priority, ignoreCase: true));
}

/// <summary>One operation in the body of <c>POST /job</c>.</summary>
/// <param name="Method">See <see cref="MathMethods"/>.</param>
/// <param name="Numbers">A comma list (<c>"1,2,3"</c>) or an array of numbers or strings; digits are kept exactly as they were written.</param>
public sealed record CreateJobDetail(
    string? Method = null,
    [property: JsonConverter(typeof(NumberListConverter))] IReadOnlyList<string>? Numbers = null);
