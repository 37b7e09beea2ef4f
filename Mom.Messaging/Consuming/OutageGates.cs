namespace Mom.Messaging.Consuming;

/// <summary>Asks all gates of a process.</summary>
internal static class OutageGates
{
    /// <summary>Whether one of them says yes.</summary>
    public static async Task<bool> AnyAsync(this IEnumerable<IOutageGate> gates, Func<IOutageGate, Task<bool>> ask)
    {
        foreach (var gate in gates)
        {
            if (await ask(gate).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>True when a server was unavailable and is back.</returns>
    public static Task<bool> WaitIfUnavailableAsync(this IEnumerable<IOutageGate> gates, Exception exception, CancellationToken cancellationToken) =>
        gates.AnyAsync(gate => gate.WaitIfUnavailableAsync(exception, cancellationToken));

    /// <summary>See <see cref="IOutageGate.UnchargedRetries"/>.</summary>
    public static int UnchargedRetries(this IEnumerable<IOutageGate> gates, Exception exception) =>
        gates.Select(gate => gate.UnchargedRetries(exception)).DefaultIfEmpty().Max();
}
