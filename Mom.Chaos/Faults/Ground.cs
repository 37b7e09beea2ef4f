using Mom.Chaos.Bookkeeping;
using Mom.LocalHost;
using Mom.LocalHost.Resources;

namespace Mom.Chaos.Faults;

/// <summary>What a fault works on.</summary>
/// <param name="System">The system that it breaks.</param>
/// <param name="Broker">The broker's management API.</param>
/// <param name="Outage">How long something stays away.</param>
/// <param name="CancellationToken">Cuts the outage short; what was broken is made whole all the same.</param>
internal sealed record Ground(LocalSystem System, BrokerScreen Broker, TimeSpan Outage, CancellationToken CancellationToken)
{
    /// <summary>Lets the outage be.</summary>
    /// <param name="atLeast">When that is longer.</param>
    public async Task WaitAsync(TimeSpan atLeast = default) =>
        await Task.Delay(atLeast > Outage ? atLeast : Outage, CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StopAsync(string name) => System[name].StopAsync();

    public Task KillAsync(string name) => System[name].KillAsync();

    public Task FreezeAsync(string name)
    {
        System[name].Freeze();
        return Task.CompletedTask;
    }

    /// <summary>Makes every server and service whole, whatever was done to it: one replica, awake, started, and healthy.</summary>
    /// <exception cref="ResourceFailedException">One does not come back.</exception>
    public async Task HealAsync()
    {
        var resources = System.Status.Select(status => System[status.Name]).ToList();
        foreach (var resource in resources)
        {
            resource.Thaw();
            await resource.ScaleAsync(1);
            await resource.StartAsync();
        }

        foreach (var resource in resources)
        {
            await resource.WaitHealthyAsync();
        }
    }
}
