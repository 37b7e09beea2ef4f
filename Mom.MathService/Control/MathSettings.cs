using Mom.MathService.Delay;

namespace Mom.MathService.Control;

/// <summary>How the service behaves, as it is shown and set while it runs.</summary>
/// <param name="MinimumDelay">The shortest wait before an answer; 0 to 1 hour.</param>
/// <param name="MaximumDelay">The longest; not below <paramref name="MinimumDelay"/>.</param>
/// <param name="FailureRate">The share of answers that are a 500 in place of a result; 0 to 1.</param>
/// <param name="FailNext">How many of the next answers are a 500, whatever the rate; 0 to 1,000,000.</param>
public sealed record MathSettings(TimeSpan MinimumDelay, TimeSpan MaximumDelay, double FailureRate = 0, int FailNext = 0)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>What configuration says, and no failures.</summary>
    public static MathSettings From(DelayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new MathSettings(options.Minimum, options.Maximum);
    }

    /// <summary>What is wrong with them, by field; empty when nothing is.</summary>
    public IReadOnlyDictionary<string, string[]> Errors()
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (MinimumDelay < TimeSpan.Zero || MinimumDelay > MaximumDelay)
            errors["minimumDelay"] = ["must be between 0 and maximumDelay."];
        if (MaximumDelay > LongestDelay)
            errors["maximumDelay"] = ["must not be above one hour."];
        if (FailureRate is not (>= 0 and <= 1))
            errors["failureRate"] = ["must be between 0 and 1."];
        if (FailNext is < 0 or > 1_000_000)
            errors["failNext"] = ["must be between 0 and 1,000,000."];
        return errors;
    }
}
