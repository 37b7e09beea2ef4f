namespace Mom.Messaging.Connections;

/// <summary>Waits between attempts to come back: 0.1 s at first, doubling up to 5 s, each with up to 20 % of jitter.</summary>
internal sealed class ReconnectDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Next(Random.Shared.NextDouble()), cancellationToken);

    /// <summary>The next delay.</summary>
    /// <param name="random">From 0 to 1.</param>
    internal TimeSpan Next(double random)
    {
        var delay = _next * (1 + (0.2 * random));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return delay;
    }
}
