using Mom.Chaos.Bookkeeping;
using Npgsql;

namespace Mom.Chaos.Runs;

/// <summary>The state in which a ledger can be closed: nothing is under way.</summary>
internal static class Quiescence
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // The broker's counts are up to 5 s old: https://www.rabbitmq.com/docs/management#statistics-interval
    private const int QuietLooks = 4;

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
