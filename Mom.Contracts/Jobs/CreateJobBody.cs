namespace Mom.Contracts.Jobs;

/// <summary>Body of <c>POST /job</c>.</summary>
/// <param name="Type">The kind of job: <c>math</c>.</param>
/// <param name="Details">1 to <see cref="JobLimits.Operations"/> operations.</param>
public sealed record CreateJobBody(string? Type = null, IReadOnlyList<CreateJobDetail?>? Details = null);
