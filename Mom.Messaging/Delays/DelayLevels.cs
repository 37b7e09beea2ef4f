namespace Mom.Messaging.Delays;

/// <summary>
/// The arithmetic of delays. A delay in seconds is a binary number, and each of its digits a level: a message waits 2^n seconds in
/// the queue of level n where digit n is 1, and passes by where it is 0. All messages of one queue wait equally long, so that none
/// stands behind one that is due later.
/// </summary>
internal static class DelayLevels
{
    /// <summary>Levels, 0 to 27.</summary>
    public const int Count = Topology.DelayExchanges.Levels;

    /// <summary>The longest delay: 2^28 - 1 seconds, eight years and a half.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds((1 << Count) - 1);

    /// <summary>The delay in whole seconds: a message is never early.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or longer than <see cref="Longest"/>.</exception>
    public static int Seconds(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, Longest);
        return (int)Math.Ceiling(delay.TotalSeconds);
    }

    /// <summary>The level at which a message enters: that of the first 1.</summary>
    /// <param name="seconds">At least 1.</param>
    public static int Entry(int seconds) => int.Log2(seconds);

    /// <summary>How long a message waits at a level.</summary>
    public static TimeSpan Wait(int level) => TimeSpan.FromSeconds(1 << level);

    /// <summary>The routing key: all digits, the highest first, then where the message goes in the end.</summary>
    /// <example><c>0.0.….1.0.1.q.db.commands</c>: in 5 seconds to the queue <c>db.commands</c>.</example>
    public static string RoutingKey(int seconds, string address) =>
        string.Join('.', Enumerable.Range(0, Count).Select(digit => (seconds >> (Count - 1 - digit)) & 1)) + "." + address;

    /// <summary>The binding pattern for messages with a digit of 1 (or 0) at a level.</summary>
    public static string Pattern(int level, int digit) => string.Concat(Enumerable.Repeat("*.", Count - 1 - level)) + digit + ".#";

    /// <summary>
    /// The binding pattern for messages that have passed all levels. It counts the digits, rather than to begin with <c>#</c>: that
    /// would also find the address at the end of a longer one.
    /// </summary>
    public static string Delivery(string address) => string.Concat(Enumerable.Repeat("*.", Count)) + address;
}
