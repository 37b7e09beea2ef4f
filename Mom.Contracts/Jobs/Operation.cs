namespace Mom.Contracts.Jobs;

/// <summary>One operation that somebody orders.</summary>
/// <param name="Method">See <see cref="MathMethods"/>.</param>
/// <param name="Numbers">Strings, so that they are exact at any size.</param>
public sealed record Operation(string Method, IReadOnlyList<string> Numbers);
