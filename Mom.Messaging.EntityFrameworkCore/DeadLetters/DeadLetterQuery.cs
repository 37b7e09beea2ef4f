using Microsoft.EntityFrameworkCore;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>Finds dead letters.</summary>
public static class DeadLetterQuery
{
    private const int MaxCauses = 100;

    /// <summary>Those of a query that match a filter.</summary>
    public static IQueryable<DeadLetterRow> Matching(this IQueryable<DeadLetterRow> letters, DeadLetterFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var state = filter.State ?? DeadLetterState.Dead;
        letters = letters.Where(letter => letter.State == state);
        if (!string.IsNullOrEmpty(filter.Queue))
        {
            letters = letters.Where(letter => letter.Queue == filter.Queue);
        }

        if (!string.IsNullOrEmpty(filter.Type))
        {
            letters = letters.Where(letter => letter.Type == filter.Type);
        }

        if (!string.IsNullOrEmpty(filter.Reason))
        {
            letters = letters.Where(letter => letter.Reason == filter.Reason);
        }

        if (filter.ExceptionType is { } exceptionType)
        {
            letters = exceptionType.Length == 0
                ? letters.Where(letter => letter.ExceptionType == null)
                : letters.Where(letter => letter.ExceptionType == exceptionType);
        }

        if (filter.From?.ToUniversalTime() is { } from)
        {
            letters = letters.Where(letter => letter.LastFailedAt >= from);
        }

        if (filter.To?.ToUniversalTime() is { } to)
        {
            letters = letters.Where(letter => letter.LastFailedAt < to);
        }

        return letters.Containing(filter.Exception, filter.Text);
    }

    /// <summary>
    /// In groups that have a cause in common, the largest first, at most 100: what died of the same thing is decided on together.
    /// </summary>
    public static async Task<IReadOnlyList<DeadLetterCause>> CausesAsync(this IQueryable<DeadLetterRow> letters, CancellationToken cancellationToken)
    {
        var groups = await letters.AsNoTracking()
            .GroupBy(letter => new { letter.Queue, letter.Type, letter.Reason, letter.ExceptionType })
            .Select(group => new
            {
                group.Key,
                Count = group.Count(),
                First = group.Min(letter => letter.FirstFailedAt),
                Last = group.Max(letter => letter.LastFailedAt),
                Newest = group.Max(letter => letter.Id),
            })
            .OrderByDescending(group => group.Count).ThenByDescending(group => group.Newest)
            .Take(MaxCauses).ToListAsync(cancellationToken).ConfigureAwait(false);
        var newest = groups.Select(group => group.Newest).ToList();
        var examples = await letters.AsNoTracking().Where(letter => newest.Contains(letter.Id))
            .ToDictionaryAsync(letter => letter.Id, letter => letter.ExceptionMessage, cancellationToken).ConfigureAwait(false);
        return
        [
            .. groups.Select(group => new DeadLetterCause(
                group.Key.Queue, group.Key.Type, group.Key.Reason, group.Key.ExceptionType, group.Count, examples.GetValueOrDefault(group.Newest), group.First, group.Last)),
        ];
    }

    private static IQueryable<DeadLetterRow> Containing(this IQueryable<DeadLetterRow> letters, string? exception, string? text)
    {
        if (!string.IsNullOrWhiteSpace(exception))
        {
            var pattern = SearchPattern.Containing(exception);
            letters = letters.Where(letter =>
                EF.Functions.ILike(letter.ExceptionType ?? string.Empty, pattern, "\\") || EF.Functions.ILike(letter.ExceptionMessage ?? string.Empty, pattern, "\\"));
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            var pattern = SearchPattern.Containing(text);
            letters = letters.Where(letter =>
                EF.Functions.ILike(letter.BodyText, pattern, "\\")
                || EF.Functions.ILike(letter.Reason, pattern, "\\")
                || EF.Functions.ILike(letter.MessageId.ToString(), pattern, "\\"));
        }

        return letters;
    }
}

/// <summary>Dead letters of one queue and type that died of the same thing.</summary>
/// <param name="Queue">The work queue.</param>
/// <param name="Type">The wire name; empty when the messages had none.</param>
/// <param name="Reason">Such as <c>AttemptsExhausted</c>.</param>
/// <param name="ExceptionType"><see langword="null"/> for those without an exception.</param>
/// <param name="Count">How many, from 1.</param>
/// <param name="Example">What the exception of the newest one says.</param>
/// <param name="FirstFailedAt">When the first of them failed for the first time.</param>
/// <param name="LastFailedAt">When the last of them died.</param>
public sealed record DeadLetterCause(
    string Queue, string Type, string Reason, string? ExceptionType, int Count, string? Example, DateTimeOffset FirstFailedAt, DateTimeOffset LastFailedAt);
