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
public sealed record CreateJobBody(string? Type = null, IReadOnlyList<CreateJobDetail?>? Details = null, string? RunAt = null);

/// <summary>One operation in the body of <c>POST /job</c>.</summary>
/// <param name="Method">One of the methods of the job's type.</param>
/// <param name="Numbers">A comma list (<c>"1,2,3"</c>) or an array of numbers or strings; digits are kept exactly as they were written. Of a job of type <c>math</c>.</param>
/// <param name="Text">1 to <see cref="JobLimits.CharactersPerText"/> characters. Of a job of type <c>text</c>.</param>
public sealed record CreateJobDetail(
    string? Method = null,
    [property: JsonConverter(typeof(NumberListConverter))] IReadOnlyList<string>? Numbers = null,
    string? Text = null);
