namespace Mom.Messaging.Outbox;

/// <summary>How long a message that could not be sent waits: 0.5 s at first, doubling up to 30 s.</summary>
internal static class OutboxBackoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="attempts">How often it could not be sent, from 1.</param>
    public static TimeSpan After(int attempts)
    {
        var delay = TimeSpan.FromSeconds(0.5 * Math.Pow(2, Math.Min(attempts - 1, 16)));
        return delay < Longest ? delay : Longest;
    }
}
