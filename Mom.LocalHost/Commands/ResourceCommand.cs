using System.Globalization;
using Mom.LocalHost.Control;
using Mom.LocalHost.Output;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary><c>stop</c>, <c>start</c>, <c>restart</c> and <c>scale</c>: what can be done to one server or service.</summary>
internal static class ResourceCommand
{
    public static Task<int> StopAsync(Options options) => DoAsync(options, "stop");

    public static Task<int> StartAsync(Options options) => DoAsync(options, "start");

    public static Task<int> RestartAsync(Options options) => DoAsync(options, "restart");

    public static Task<int> ScaleAsync(Options options)
    {
        var replicas = options.Operand(1, "a number of replicas");
        return int.TryParse(replicas, CultureInfo.InvariantCulture, out var number)
            ? DoAsync(options, $"scale/{number}")
            : throw new UsageException($"{replicas} is not a number of replicas.");
    }

    private static Task<int> DoAsync(Options options, string verb) =>
        DoAsync(options, options.Operand(0, "the name of a server or service"), verb);

    public static async Task<int> DoAsync(Options options, string name, string verb)
    {
        using var client = new ControlClient(new StateDirectory(options.ToSystem().EffectiveStateDirectory));
        var status = await client.DoAsync(name, verb);
        var replicas = status.Replicas == 1 ? string.Empty : $" ({status.Replicas} replicas)";
        ConsoleOutput.Say($"{name}: {status.State.ToString().ToLowerInvariant()}{replicas}");
        return ExitCodes.Success;
    }
}
