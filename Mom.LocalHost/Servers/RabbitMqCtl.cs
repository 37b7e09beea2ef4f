using System.Globalization;
using Mom.LocalHost.Processes;

namespace Mom.LocalHost.Servers;

/// <summary>The broker's command line, for what its HTTP API cannot do: https://www.rabbitmq.com/docs/man/rabbitmqctl.8.</summary>
public static class RabbitMqCtl
{
    // The broker's own default up to 3.13; since 4.0 it is 0.6, and either is far from an alarm.
    private const string UsualWatermark = "0.4";

    /// <summary>Runs <c>rabbitmqctl</c> on the broker of a system.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="LocalHostException">It failed, or is not installed; the message holds what it wrote.</exception>
    public static Task<string> RunAsync(LocalSystem system, params IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(system);
        var home = system.State.DataOf(ResourceNames.RabbitMq);
        var program = Path.Combine(Path.GetDirectoryName(InstalledPrograms.RabbitMqServer)!, "rabbitmqctl");
        var spec = new ProcessSpec(program, ["--node", RabbitMqServer.NodeName, "--quiet", .. arguments])
        {
            WorkingDirectory = home,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                // The cookie lies there.
                ["HOME"] = home,
                ["ERL_EPMD_PORT"] = system.PortMap.Epmd.ToString(CultureInfo.InvariantCulture),
                ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(home, "none.conf"),
            },
        };
        return Command.RunAsync(spec, new Mark(system.State.Root, Unit: null));
    }

    /// <summary>Sets off the memory alarm: the broker blocks every connection that publishes, and consumers go on.</summary>
    /// <exception cref="LocalHostException">The command failed.</exception>
    public static Task RaiseMemoryAlarmAsync(LocalSystem system) => RunAsync(system, "set_vm_memory_high_watermark", "0.00001");

    /// <summary>Ends the memory alarm; without one it changes nothing.</summary>
    /// <exception cref="LocalHostException">The command failed.</exception>
    public static Task EndMemoryAlarmAsync(LocalSystem system) => RunAsync(system, "set_vm_memory_high_watermark", UsualWatermark);
}
