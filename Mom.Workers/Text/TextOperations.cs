using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Mom.Contracts.Jobs;

namespace Mom.Workers.Text;

/// <summary>
/// The operations of a job of type <c>text</c>. A word is letters and digits, with apostrophes and hyphens between them; a character is what a reader
/// takes for one, with its accents.
/// </summary>
internal static partial class TextOperations
{
    private const int MostFrequent = 10;
    private const string NoWord = "There is no word in the text.";

    /// <returns>The result; or why there is none, for the user: trying again would not help.</returns>
    public static (string? Result, string? Error) Do(string method, string text) => method switch
    {
        _ when text.Length > JobLimits.CharactersPerText => (null, $"A text has at most {JobLimits.CharactersPerText:N0} characters."),
        "words" => (Word().Count(text).ToString(CultureInfo.InvariantCulture), null),
        "longest" => Longest(text) is { } word ? (word, null) : (null, NoWord),
        "frequency" => Frequency(text) is { Length: > 0 } words ? (words, null) : (null, NoWord),
        "reverse" => (Reverse(text), null),
        "hash" => (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), null),
        _ => (null, $"There is no method '{method}' for a text."),
    };

    // The first of several that are as long.
    private static string? Longest(string text) => Words(text).MaxBy(word => new StringInfo(word).LengthInTextElements);

    // The most frequent first; of two that are as frequent, the one that comes first.
    private static string Frequency(string text) => string.Join(", ", Words(text)
        .CountBy(word => word.ToLowerInvariant(), StringComparer.Ordinal)
        .OrderByDescending(pair => pair.Value)
        .Take(MostFrequent)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));

    private static string Reverse(string text)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        var reversed = new StringBuilder(text.Length);
        for (var i = starts.Length - 1; i >= 0; i--)
        {
            reversed.Append(text, starts[i], (i + 1 < starts.Length ? starts[i + 1] : text.Length) - starts[i]);
        }

        return reversed.ToString();
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+(['’-][\p{L}\p{M}\p{N}]+)*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Word();
}
