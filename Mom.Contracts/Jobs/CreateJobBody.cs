using System.Text.Json.Serialization;
using Mom.Contracts.Json;

namespace Mom.Contracts.Jobs;

/// <summary>Body of <c>POST /job</c>.</summary>
/// <param name="Type">The kind of job: <c>math</c> or <c>text</c>; <see cref="JobTypes"/> lists them.</param>
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
        && Details.All(detail => detail is { Method: not null } && detail.InputsOf(JobTypes.Find(Type)) is { Count: > 0 } inputs && inputs.All(input => input is not null))
        && (Priority is null || Enum.TryParse<JobPriority>(Priority, ignoreCase: true, out var priority) && Enum.IsDefined(priority));

    /// <summary>The order that a body makes which was found valid.</summary>
    /// <param name="jobId">The id of the job.</param>
    /// <param name="userId">Whose job it is.</param>
    /// <param name="runAt">Not before this time; <see langword="null"/> for at once.</param>
    public CreateJob ToOrder(Guid jobId, Guid userId, DateTimeOffset? runAt)
    {
        var type = JobTypes.Find(Type);
        var isGraph = IsGraph(Details!);
        return new(
            jobId,
            userId,
            Type!,
            [.. Details!.Select(detail => detail!.ToOperation(type, isGraph))],
            runAt,
            Unique,
            Priority is null ? JobPriority.Normal : Enum.Parse<JobPriority>(Priority, ignoreCase: true));
    }

    /// <summary>Whether the operations say themselves what they come after; else each comes after the one before.</summary>
    /// <param name="details">Those of a job.</param>
    public static bool IsGraph(IReadOnlyList<CreateJobDetail?> details) =>
        details.Any(detail => detail is { Id: not null } or { After: not null } or { When: not null } or { Compensates: not null });
}

/// <summary>One operation in the body of <c>POST /job</c>.</summary>
/// <param name="Method">One of the methods of the job's type.</param>
/// <param name="Numbers">
/// A comma list (<c>"1,2,3"</c>) or an array of numbers or strings; digits are kept exactly as they were written. <c>"$a"</c> is the result of the operation
/// with the id <c>a</c>, which this one then comes after. Of a job of type <c>math</c>.
/// </param>
/// <param name="Text">1 to <see cref="JobLimits.CharactersPerText"/> characters, or in a graph <c>"$a"</c>, as above. Of a job of type <c>text</c>.</param>
/// <param name="Id">
/// A name for it in the job, at most <see cref="JobLimits.OperationId"/> letters, digits, <c>-</c> and <c>_</c>. As soon as one operation has this or one of the
/// following, the job is a graph: what comes after nothing begins at once. Else each operation comes after the one before.
/// </param>
/// <param name="After">Ids of operations before it in the list. It waits for their outcomes.</param>
/// <param name="When"><c>succeeded</c>, as without it: it is worked on when all of those have results; <c>failed</c>: when one of them failed, which then does not fail the job.</param>
/// <param name="Compensates">The id of an operation before it: when the job fails and that one has a result, this one undoes it.</param>
public sealed record CreateJobDetail(
    string? Method = null,
    [property: JsonConverter(typeof(NumberListConverter))] IReadOnlyList<string>? Numbers = null,
    string? Text = null,
    string? Id = null,
    IReadOnlyList<string>? After = null,
    string? When = null,
    string? Compensates = null)
{
    /// <summary>What the operation is given; <see langword="null"/> when that is missing.</summary>
    /// <param name="type">The type of its job.</param>
    public IReadOnlyList<string>? InputsOf(JobType? type) => type?.Input == JobInput.Text ? Text is { } text ? [text] : null : Numbers;

    /// <summary>The operation as it is sent on, of a body that was found valid.</summary>
    /// <param name="type">The type of its job.</param>
    /// <param name="isGraph">Whether it is one of a graph.</param>
    public Operation ToOperation(JobType? type, bool isGraph) =>
        new(Method!, InputsOf(type)!, Id, isGraph ? After ?? [] : null, When is JobConditions.Failed ? When : null, Compensates);
}
