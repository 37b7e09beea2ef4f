using Mom.LocalHost.Control;
using Mom.LocalHost.Output;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary><c>up</c>: brings everything up, here or in the background.</summary>
internal static class UpCommand
{
    public static async Task<int> RunAsync(Options options)
    {
        if (options.IsDetachedHost)
            return await DetachedHost.RunAsync(options);

        var state = new StateDirectory(options.ToSystem().EffectiveStateDirectory);
        if (HostRecord.Living(state) is { } living)
            return await AlreadyRunningAsync(options, state, living);

        return options.Detach
            ? await DetachedHost.StartAsync(options, state)
            : await Host.RunAsync(options, ConsoleOutput.Say, system => Greet(system.Status, state), ConsoleOutput.Show);
    }

    public static void Greet(IReadOnlyList<Resources.ResourceStatus> resources, StateDirectory state) =>
        Welcome.Write(Console.Out, resources, state, Secrets.LoadOrCreate(state));

    private static async Task<int> AlreadyRunningAsync(Options options, StateDirectory state, HostRecord living)
    {
        if (living.DataOnly != options.DataOnly || living.PortOffset != options.PortOffset)
            throw new LocalHostException($"A local host with other options runs already (process {living.Pid}). Stop it first: ./mom down");

        ConsoleOutput.Say($"Already running (process {living.Pid}).");
        using var client = new ControlClient(state);
        var status = await client.StatusAsync();
        Greet(status.Resources, state);
        return status.Healthy ? ExitCodes.Success : ExitCodes.Failure;
    }
}
