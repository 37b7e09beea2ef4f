namespace Mom.MathService.Endpoints;

/// <summary>The answer to one question.</summary>
/// <param name="Operation">What was calculated.</param>
/// <param name="Numbers">The numbers as they were understood, in plain notation.</param>
/// <param name="Result">The result as text, because JSON numbers lose digits in many readers.</param>
public sealed record MathAnswer(string Operation, IReadOnlyList<string> Numbers, string Result);
