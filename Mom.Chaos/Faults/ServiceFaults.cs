using Mom.LocalHost;

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
    ];

    private static Fault Kill(string service) => new($"kill-{service}", $"SIGKILL to {service}", ground => ground.KillAsync(service)) { Lasts = false };

    private static Fault Restart(string service) =>
        new($"restart-{service}", $"{service} is stopped in good order and started", ground => ground.System[service].RestartAsync()) { Lasts = false };

    private static Fault Scale(string service) => new($"scale-{service}", $"three of {service}, one of them killed, then one", async ground =>
    {
        await ground.System[service].ScaleAsync(3);
        await ground.System[service].WaitHealthyAsync();
        await ground.System[service].KillAsync(replica: 2);
    });
}
