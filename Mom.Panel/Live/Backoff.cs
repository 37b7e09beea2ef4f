namespace Mom.Panel.Live;

/// <summary>The delay before the next attempt to connect: exponential up to a limit, with jitter.</summary>
internal static class Backoff
{
    /// <summary>The longest delay.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    /// <param name="failures">How many attempts have failed in a row, from 0.</param>
    /// <param name="random">0 to 1: where in the upper half of the wait.</param>
    public static TimeSpan Delay(int failures, double random)
    {
        var doubled = First * Math.Pow(2, Math.Min(failures, 16));
        var longest = doubled < Limit ? doubled : Limit;
        return longest * (0.5 + (random / 2));
    }
}
