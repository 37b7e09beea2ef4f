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

    /// <summary>Has a queue stand still: what is published to it is not confirmed, and nothing is delivered, while its connections live.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static Task SuspendQueueAsync(RunningSystem system, string queue) => EvaluateOnQueueAsync(system, "suspend", queue);

    /// <summary>Has it go on with what has come meanwhile; one that does not stand still goes on as it does.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static Task ResumeQueueAsync(RunningSystem system, string queue) => EvaluateOnQueueAsync(system, "resume", queue);

    // https://www.erlang.org/doc/apps/stdlib/sys.html#suspend/1
    private static Task EvaluateOnQueueAsync(RunningSystem system, string function, string queue) => RunAsync(
        system,
        "eval",
        $"{{ok, Queue}} = rabbit_amqqueue:lookup(rabbit_misc:r(<<\"/\">>, queue, <<\"{queue}\">>)), sys:{function}(amqqueue:get_pid(Queue)).");
}
