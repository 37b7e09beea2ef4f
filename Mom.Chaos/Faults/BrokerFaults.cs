using Mom.Contracts;
using Mom.Testing;

namespace Mom.Chaos.Faults;

/// <summary>A broker that is unavailable, silent, full, or empty.</summary>
internal static class BrokerFaults
{
    // Clients and broker give each other up after two heartbeats of 10 s each.
    public static readonly TimeSpan PastTheHeartbeat = TimeSpan.FromSeconds(25);

    // Publishers wait 10 s for a confirm.
    private static readonly TimeSpan PastTheConfirm = TimeSpan.FromSeconds(15);

    private const string Policy = "chaos-full";
    private static readonly string[] Services = [ResourceNames.Deployer, ResourceNames.DbWorker, ResourceNames.MathWorker, ResourceNames.Api, ResourceNames.Socket];

    public static IEnumerable<Fault> All =>
    [
        new("stop-broker", "the broker is stopped and started", ground => ground.StopAsync(ResourceNames.RabbitMq)),
        new("kill-broker", "SIGKILL to the broker", ground => ground.KillAsync(ResourceNames.RabbitMq)) { Lasts = false },
        new("freeze-broker", "the broker is silent on open connections", ground => ground.FreezeAsync(ResourceNames.RabbitMq)) { AtLeast = PastTheHeartbeat },
        new("cut-broker", "the broker closes every connection", ground => ground.Broker.CloseConnectionsAsync(CancellationToken.None)) { Lasts = false },
        new("late-broker", "every service starts before the broker", LateAsync),
        new("full-queue", "math.steps takes one message and refuses the rest", FullAsync)
        {
            UndoAsync = ground => ground.Broker.DeletePolicyAsync(Policy, CancellationToken.None),
        },
        new("silent-queue", "math.steps takes messages and confirms none", ground => RabbitMqCtl.SuspendQueueAsync(ground.System, "/", MomQueues.MathSteps))
        {
            AtLeast = PastTheConfirm,
            UndoAsync = ground => RabbitMqCtl.ResumeQueueAsync(ground.System, "/", MomQueues.MathSteps),
        },
        new("memory-alarm", "the broker is out of memory and blocks publishers", ground => RabbitMqCtl.RaiseMemoryAlarmAsync(ground.System))
        {
            UndoAsync = ground => RabbitMqCtl.EndMemoryAlarmAsync(ground.System),
        },
        new("wipe-broker", "the broker loses its disk", WipeAsync) { Lasts = false },
    ];

    private static async Task LateAsync(Ground ground)
    {
        await ground.StopAsync(ResourceNames.RabbitMq);
        await Task.WhenAll(Services.Select(service => ground.System.RestartAsync(service)));
    }

    private static Task FullAsync(Ground ground) =>
        ground.Broker.SetPolicyAsync(Policy, @"^math\\.steps$", """{"max-length":1,"overflow":"reject-publish"}""", CancellationToken.None);

    private static async Task WipeAsync(Ground ground)
    {
        await ground.StopAsync(ResourceNames.RabbitMq);
        ground.System.Wipe(ResourceNames.RabbitMq);
        ground.Claims.DiskLost();
    }
}
