namespace Mom.Contracts.Jobs;

/// <summary>One operation of a job with its outcome.</summary>
/// <param name="Method">See <see cref="MathMethods"/>.</param>
/// <param name="Numbers">Strings, so that they are exact at any size.</param>
/// <param name="Result">Likewise a string; <see langword="null"/> until there is one.</param>
/// <param name="Error">Why this operation failed.</param>
/// <param name="Attempts">How often the operation was tried, in all runs together.</param>
public sealed record JobDetail(string Method, IReadOnlyList<string> Numbers, string? Result, string? Error, int Attempts);
