using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Json;
using Mom.Contracts.Operations;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>Narrows a query of dead letters.</summary>
internal static class DeadLetterQuery
{
    public static IQueryable<DeadLetterRow> Matching(this IQueryable<DeadLetterRow> letters, DeadLetterFilter filter)
    {
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

    public static string Write(DeadLetterFilter filter) => JsonSerializer.Serialize(filter, MomJsonContext.Default.DeadLetterFilter);

    public static DeadLetterFilter Read(string json) => JsonSerializer.Deserialize(json, MomJsonContext.Default.DeadLetterFilter)!;

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
