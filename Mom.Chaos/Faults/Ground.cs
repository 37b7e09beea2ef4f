using Mom.Chaos.Bookkeeping;
using Mom.LocalHost;

namespace Mom.Chaos.Faults;

/// <summary>What a fault works on.</summary>
/// <param name="System">The system that it breaks.</param>
/// <param name="Broker">The broker's management API.</param>
/// <param name="Outage">How long something stays away.</param>
/// <param name="CancellationToken">Cuts the outage short; what was broken is made whole all the same.</param>
internal sealed record Ground(LocalSystem System, BrokerScreen Broker, TimeSpan Outage, CancellationToken CancellationToken)
{
    /// <summary>The time during which something is away.</summary>
    public Task WaitAsync() => Task.Delay(Outage, CancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Stops a server or service, waits, and starts it.</summary>
    public async Task AwayAsync(string name)
    {
        await System[name].StopAsync();
        await WaitAsync();
        await BackAsync(name);
    }

    public async Task BackAsync(string name)
    {
        await System[name].StartAsync();
        await System[name].WaitHealthyAsync();
    }

    public async Task KillAsync(string name)
    {
        await System[name].KillAsync();
        await System[name].WaitHealthyAsync();
    }

    public async Task FreezeAsync(string name)
    {
        System[name].Freeze();
        await WaitAsync();
        System[name].Thaw();
        await System[name].WaitHealthyAsync();
    }
}
