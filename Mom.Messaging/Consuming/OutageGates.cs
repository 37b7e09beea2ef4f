namespace Mom.Messaging.Consuming;

/// <summary>Asks all gates of a process.</summary>
internal static class OutageGates
{
    /// <summary>Whether one of them says so; see <see cref="IOutageGate.IsStillUnavailableAsync"/>. Asked before every request: it costs nothing where no outage is known.</summary>
    public static async ValueTask<bool> IsStillUnavailableAsync(this IOutageGate[] gates, bool reads, CancellationToken cancellationToken)
    {
        foreach (var gate in gates)
        {
            if (await gate.IsStillUnavailableAsync(reads, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of them says so; see <see cref="IOutageGate.IsUnavailableAsync"/>.</summary>
    public static Task<bool> IsUnavailableAsync(this IEnumerable<IOutageGate> gates, Exception exception, CancellationToken cancellationToken) =>
        gates.AnyAsync(gate => gate.IsUnavailableAsync(exception, cancellationToken));

    /// <returns>True when a server was unavailable and is back.</returns>
    public static Task<bool> WaitIfUnavailableAsync(this IEnumerable<IOutageGate> gates, Exception exception, CancellationToken cancellationToken) =>
        gates.AnyAsync(gate => gate.WaitIfUnavailableAsync(exception, cancellationToken));

    /// <summary>See <see cref="IOutageGate.UnchargedRetries"/>.</summary>
    public static int UnchargedRetries(this IEnumerable<IOutageGate> gates, Exception exception) =>
        gates.Select(gate => gate.UnchargedRetries(exception)).DefaultIfEmpty().Max();

    private static async Task<bool> AnyAsync(this IEnumerable<IOutageGate> gates, Func<IOutageGate, Task<bool>> ask)
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
}
