using Mom.Chaos.Runs;
using Mom.Testing;

namespace Mom.Chaos.Faults;

/// <summary>Services that die, are stopped, or are there more than once.</summary>
internal static class ServiceFaults
{
    public static IEnumerable<Fault> All =>
    [
        Kill(ResourceNames.DbWorker),
        Kill(ResourceNames.MathWorker),
        Kill(ResourceNames.Api),
        Kill(ResourceNames.Socket),
        Restart(ResourceNames.DbWorker),
        Restart(ResourceNames.MathWorker),
        Scale(ResourceNames.DbWorker),
        Scale(ResourceNames.MathWorker),
        Freeze(ResourceNames.DbWorker),
        Freeze(ResourceNames.MathWorker),
    ];

    private static Fault Kill(string service) => new($"kill-{service}", $"SIGKILL to {service}", ground => ground.KillAsync(service)) { Lasts = false };

    private static Fault Restart(string service) =>
        new($"restart-{service}", $"{service} is stopped in good order and started", ground => ground.System.RestartAsync(service)) { Lasts = false };

    // As a host that vanishes: its connections stay open, with all that its transactions have locked.
    private static Fault Freeze(string service) => new($"freeze-{service}", $"one of two {service}s is silent on open connections", ground =>
    {
        ground.System.Freeze(service, replica: 1);
        return Task.CompletedTask;
    })
    {
        AtLeast = BrokerFaults.PastTheHeartbeat,
    };

    private static Fault Scale(string service) => new($"scale-{service}", $"{service} is scaled in to one, which is killed, and out again", async ground =>
    {
        await ground.System.StopAsync(service, replica: ChaosSystem.Workers);
        await ground.System.KillAsync(service, replica: 1);
    });
}
