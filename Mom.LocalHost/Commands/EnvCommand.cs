using Mom.LocalHost.Control;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary>
/// <c>env</c>: the variables that a service was started with, in the form of an env file, so that a debugger or an experiment
/// can take its place; without a name, how the servers are reached, so that another host can use them. They hold passwords: the
/// control socket that tells them opens for its owner only.
/// </summary>
internal static class EnvCommand
{
    public static async Task<int> RunAsync(Options options)
    {
        using var client = new ControlClient(new StateDirectory(options.ToSystem().EffectiveStateDirectory));
        foreach (var (variable, value) in (await client.EnvironmentAsync(options.Operands is [var name] ? name : null)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Console.WriteLine($"{variable}={value}");
        return ExitCodes.Success;
    }
}
