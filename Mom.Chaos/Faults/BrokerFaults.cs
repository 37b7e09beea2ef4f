using Mom.LocalHost;

namespace Mom.Chaos.Faults;

/// <summary>A broker that is away, silent, full, or empty.</summary>
internal static class BrokerFaults
{
    // Clients give up after two heartbeats of 10 s each.
    private static readonly TimeSpan PastTheHeartbeat = TimeSpan.FromSeconds(25);

    private const string Policy = "chaos-full";
    private static readonly string[] Services = [ResourceNames.DbWorker, ResourceNames.MathWorker, ResourceNames.Api, ResourceNames.Socket];

    public static IEnumerable<Fault> All =>
    [
        new("stop-broker", "the broker is stopped and started", ground => ground.AwayAsync(ResourceNames.RabbitMq)),
        new("kill-broker", "SIGKILL to the broker", ground => ground.KillAsync(ResourceNames.RabbitMq)),
        new("freeze-broker", "the broker is silent on open connections", ground => (ground with { Outage = PastTheHeartbeat }).FreezeAsync(ResourceNames.RabbitMq)),
        new("cut-broker", "the broker closes every connection", ground => ground.Broker.CloseConnectionsAsync(CancellationToken.None)),
        new("late-broker", "every service starts before the broker", LateAsync),
        new("full-queue", "math.steps takes one message and refuses the rest", FullAsync),
        new("wipe-broker", "the broker loses its disk", WipeAsync),
    ];

    private static async Task LateAsync(Ground ground)
    {
        await ground.System[ResourceNames.RabbitMq].StopAsync();
        foreach (var service in Services)
        {
            await ground.System[service].RestartAsync();
        }

        await ground.WaitAsync();
        foreach (var name in Services.Prepend(ResourceNames.RabbitMq))
        {
            await ground.BackAsync(name);
        }
    }

    private static async Task FullAsync(Ground ground)
    {
        await ground.Broker.SetPolicyAsync(Policy, @"^math\\.steps$", """{"max-length":1,"overflow":"reject-publish"}""", CancellationToken.None);
        await ground.WaitAsync();
        await ground.Broker.DeletePolicyAsync(Policy, CancellationToken.None);
    }

    private static async Task WipeAsync(Ground ground)
    {
        await ground.System[ResourceNames.RabbitMq].StopAsync();
        await ground.System[ResourceNames.RabbitMq].WipeDataAsync();
        await ground.BackAsync(ResourceNames.RabbitMq);
    }
}
