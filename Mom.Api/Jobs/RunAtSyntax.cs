using System.Globalization;

namespace Mom.Api.Jobs;

/// <summary>How a <c>runAt</c> is written: ISO 8601 with the offset from UTC, for without one nobody knows which moment is meant.</summary>
internal static class RunAtSyntax
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <param name="text">What was written; <see langword="null"/> is allowed, and no time.</param>
    /// <param name="runAt">The moment in UTC, to the second.</param>
    /// <returns>False when it cannot be read.</returns>
    public static bool TryRead(string? text, out DateTimeOffset? runAt)
    {
        runAt = null;
        if (text is null)
        {
            return true;
        }

        // K also takes a text without an offset, as local time.
        if (!HasOffset(text) || !DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var parsed))
        {
            return false;
        }

        runAt = DateTimeOffset.FromUnixTimeSeconds(parsed.ToUnixTimeSeconds());
        return true;
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
}
