using System.Diagnostics;
using Mom.Hosting.NativeServers;
using Mom.Hosting.NativeServers.RabbitMQ;

namespace Mom.Testing;

/// <summary>The broker's command line, for what its HTTP API cannot do: https://www.rabbitmq.com/docs/man/rabbitmqctl.8.</summary>
public static class RabbitMqCtl
{
    // The broker's own default up to 3.13; since 4.0 it is 0.6, and either is far from an alarm.
    private const string UsualWatermark = "0.4";

    /// <summary>Runs <c>rabbitmqctl</c> on the broker of a system.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote.</exception>
    public static async Task<string> RunAsync(RunningSystem system, params IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(system);
        var broker = system.Resources.OfType<NativeRabbitMQServerResource>().Single();
        var program = Path.Combine(Path.GetDirectoryName(InstalledProgram.RabbitMQServer.Path)!, "rabbitmqctl");
        var start = new ProcessStartInfo(program, ["--quiet", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in broker.Variables)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"rabbitmqctl {arguments[0]} ended with {process.ExitCode}: {await output}{await errors}");
    }

    /// <summary>Sets off the memory alarm: the broker blocks every connection that publishes, and consumers go on.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static Task RaiseMemoryAlarmAsync(RunningSystem system) => RunAsync(system, "set_vm_memory_high_watermark", "0.00001");

    /// <summary>Ends the memory alarm; without one it changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static Task EndMemoryAlarmAsync(RunningSystem system) => RunAsync(system, "set_vm_memory_high_watermark", UsualWatermark);

    /// <summary>
    /// Suspends the process of a classic queue: it takes messages and confirms none, and the rest of the broker is well. Undo it with
    /// <see cref="ResumeQueueAsync"/> before anybody declares, deletes or consumes the queue: that would wait for it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static Task SuspendQueueAsync(RunningSystem system, string virtualHost, string queue) => OnProcessOfAsync(system, virtualHost, queue, "sys:suspend");

    /// <summary>Resumes the process of a queue.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static Task ResumeQueueAsync(RunningSystem system, string virtualHost, string queue) => OnProcessOfAsync(system, virtualHost, queue, "sys:resume");

    private static Task<string> OnProcessOfAsync(RunningSystem system, string virtualHost, string queue, string function) =>
        RunAsync(system, "eval", $"{{ok, Q}} = rabbit_amqqueue:lookup(rabbit_misc:r(<<\"{virtualHost}\">>, queue, <<\"{queue}\">>)), ok = {function}(amqqueue:get_pid(Q)).");
}
