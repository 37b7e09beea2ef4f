namespace Mom.Api.Requests;

/// <summary>What is wrong with a body, by field, in the notation of its JSON: <c>details[0].numbers[2]</c>.</summary>
internal sealed class FieldErrors
{
    // A body with a thousand mistakes is not described in full.
    private const int Limit = 20;

    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);
    private bool _anyOfForm;

    public bool Any => _errors.Count > 0;

    public void Add(string field, string message)
    {
        _anyOfForm = true;
        Note(field, message);
    }

    /// <summary>For what is well formed and still cannot be done: with nothing worse beside it the answer is 422, not 400.</summary>
    public void Refuse(bool condition, string field, string message)
    {
        if (condition)
        {
            Note(field, message);
        }
    }

    public void Require(bool condition, string field, string message)
    {
        if (!condition)
        {
            Add(field, message);
        }
    }

    public IResult ToProblem() => Results.ValidationProblem(
        _errors,
        detail: "The request is not valid; see errors.",
        statusCode: _anyOfForm ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity);

    private void Note(string field, string message)
    {
        if (_errors.Count < Limit)
        {
            _errors.TryAdd(field, [message]);
        }
    }
}
