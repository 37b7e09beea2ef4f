using Mom.Chaos.Bookkeeping;
using Npgsql;

namespace Mom.Chaos.Runs;

/// <summary>The state in which a ledger can be closed: nothing is under way.</summary>
internal static class Quiescence
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    // The broker's counts are up to a second old, see ChaosSystem: together the looks take longer.
    private const int QuietLooks = 5;

    /// <summary>Looks until nothing is under way, several times in a row.</summary>
    /// <returns>Whether it became quiet within the limit.</returns>
    public static async Task<bool> WaitAsync(FactReader facts, string domain, TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = DateTime.UtcNow + limit;
        for (var quiet = 0; quiet < QuietLooks; await Task.Delay(Interval, cancellationToken))
        {
            quiet = await IsQuietAsync(facts, domain, cancellationToken) ? quiet + 1 : 0;
            if (DateTime.UtcNow > deadline)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> IsQuietAsync(FactReader facts, string domain, CancellationToken cancellationToken)
    {
        try
        {
            return await facts.IsQuietAsync(domain, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or HttpRequestException or IOException)
        {
            return false;
        }
    }
}
