using System.Diagnostics;
using Mom.LocalHost;
using Mom.LocalHost.Servers;

namespace Mom.Tests.Broker.Support;

/// <summary>The broker's command line, for what its HTTP API cannot do.</summary>
internal static class RabbitMqCtl
{
    /// <summary>Runs <c>rabbitmqctl</c> on the broker of a system.</summary>
    public static async Task RunAsync(LocalSystem system, params string[] arguments)
    {
        var home = system.State.DataOf(ResourceNames.RabbitMq);
        var program = Path.Combine(Path.GetDirectoryName(InstalledPrograms.RabbitMqServer)!, "rabbitmqctl");
        var start = new ProcessStartInfo(program, ["--node", "mom@localhost", "--quiet", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = home,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = home;
        start.Environment["ERL_EPMD_PORT"] = $"{system.PortMap.Epmd}";
        start.Environment["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(home, "none.conf");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"rabbitmqctl {string.Join(' ', arguments)} should succeed: {error}{await output}");
    }

    /// <summary>Sets off the broker's memory alarm: it blocks every connection that publishes.</summary>
    public static Task RaiseMemoryAlarmAsync(LocalSystem system) => RunAsync(system, "set_vm_memory_high_watermark", "0.00001");

    /// <summary>Ends the memory alarm.</summary>
    public static Task EndMemoryAlarmAsync(LocalSystem system) => RunAsync(system, "set_vm_memory_high_watermark", "0.4");
}
