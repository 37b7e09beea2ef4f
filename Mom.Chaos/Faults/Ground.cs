using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Load;
using Mom.Chaos.Runs;
using Mom.Testing;

namespace Mom.Chaos.Faults;

/// <summary>What a fault works on.</summary>
/// <param name="System">The system that it breaks.</param>
/// <param name="Broker">The broker's management API.</param>
/// <param name="Claims">What clients were promised meanwhile.</param>
/// <param name="Outage">How long something stays unavailable.</param>
/// <param name="CancellationToken">Cuts the outage short; what was broken is made whole all the same.</param>
internal sealed record Ground(RunningSystem System, BrokerScreen Broker, Claims Claims, TimeSpan Outage, CancellationToken CancellationToken)
{
    /// <summary>Lets the outage be.</summary>
    /// <param name="atLeast">When that is longer.</param>
    public async Task WaitAsync(TimeSpan atLeast = default) =>
        await Task.Delay(atLeast > Outage ? atLeast : Outage, CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StopAsync(string name) => System.StopAsync(name);

    public Task KillAsync(string name) => System.KillAsync(name);

    public Task FreezeAsync(string name)
    {
        System.Freeze(name);
        return Task.CompletedTask;
    }

    /// <summary>Makes every server and service whole, whatever was done to it: awake, all replicas started, and healthy.</summary>
    /// <exception cref="TimeoutException">One does not come back.</exception>
    public async Task HealAsync()
    {
        foreach (var name in Names)
        {
            System.Thaw(name);
            await System.StartAsync(name);
        }

        await System.HealthyAsync();
    }

    // The database lives and dies with its server.
    private IEnumerable<string> Names => ChaosSystem.Options(System.Name).Only!.Except([ResourceNames.Momdb], StringComparer.Ordinal);
}
