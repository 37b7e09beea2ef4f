using Mom.Api.Requests;
using Mom.Contracts.Operations;

namespace Mom.Api.Admin.DeadLetters;

/// <summary>A filter of dead letters from the query; see <see cref="DeadLetterFilter"/>.</summary>
internal sealed record DeadLetterFilterQuery(
    string? State = null,
    string? Queue = null,
    string? Type = null,
    string? Exception = null,
    string? Text = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Reason = null,
    string? ExceptionType = null)
{
    private const int MaxText = 200;

    public DeadLetterFilter Read(FieldErrors errors)
    {
        DeadLetterState? state = Enum.TryParse<DeadLetterState>(State, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        errors.Require(string.IsNullOrEmpty(State) || state is not null, "state", "The state is one of: dead, replayed, discarded.");
        var filter = new DeadLetterFilter(state, Queue, Type, Exception, Text, From?.ToUniversalTime(), To?.ToUniversalTime(), Reason, ExceptionType);
        Check(filter, errors);
        return filter;
    }

    public static void Check(DeadLetterFilter filter, FieldErrors errors)
    {
        foreach (var (name, text) in new[] { ("queue", filter.Queue), ("type", filter.Type), ("exception", filter.Exception), ("text", filter.Text), ("reason", filter.Reason), ("exceptionType", filter.ExceptionType) })
        {
            errors.Require(text is null or { Length: <= MaxText }, name, $"A text is at most {MaxText} characters.");
        }
    }
}
