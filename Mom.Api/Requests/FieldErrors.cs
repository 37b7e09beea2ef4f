namespace Mom.Api.Requests;

/// <summary>
/// What is wrong with a request, by field: for a body in the notation of its JSON (<c>details[0].numbers[2]</c>), else the name of the
/// query parameter or header. Whatever is wrong, the answer is 400.
/// </summary>
internal sealed class FieldErrors
{
    public const string Detail = "The request is not valid; see errors.";

    // A body with a thousand mistakes is not described in full.
    private const int Limit = 20;

    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public void Add(string field, string message)
    {
        if (_errors.Count < Limit)
        {
            _errors.TryAdd(field, [message]);
        }
    }

    public void Require(bool condition, string field, string message)
    {
        if (!condition)
        {
            Add(field, message);
        }
    }

    /// <summary>Adds what is wrong with a part of the request.</summary>
    /// <param name="part">Its name, with the point after it.</param>
    /// <param name="errors">By fields of the part.</param>
    public void AddOf(string part, FieldErrors errors)
    {
        foreach (var (field, messages) in errors._errors)
        {
            Add(part + field, messages[0]);
        }
    }

    public IResult ToProblem() => Results.ValidationProblem(_errors, Detail);
}
