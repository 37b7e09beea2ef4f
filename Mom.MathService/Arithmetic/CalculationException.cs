namespace Mom.MathService.Arithmetic;

/// <summary>The question has no answer here: it is malformed, undefined, or too large. Asking again would not help.</summary>
/// <param name="problem">What kind of trouble, in a few words.</param>
/// <param name="message">One sentence for the caller: what is wrong and what would be right.</param>
/// <param name="status">The HTTP status of the answer: 400, or 422 for a well-formed question that is too hard.</param>
public sealed class CalculationException(string problem, string message, int status = StatusCodes.Status400BadRequest)
    : Exception(message)
{
    public string Problem => problem;

    public int Status => status;
}
