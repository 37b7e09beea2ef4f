namespace Mom.Api.Throttling;

/// <summary>Too many attempts: the answer is 429, and says when the next one is let through.</summary>
internal sealed class ThrottledException(TimeSpan wait) : Exception(Describe(Seconds(wait)))
{
    /// <summary>In whole seconds, at least 1 (RFC 9110, section 10.2.3).</summary>
    public int RetryAfterSeconds { get; } = Seconds(wait);

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    private static string Describe(int seconds) => seconds < 120
        ? $"Too many attempts. Try again in {seconds} seconds."
        : $"Too many attempts. Try again in {(seconds + 59) / 60} minutes.";
}
