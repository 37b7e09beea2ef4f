using Mom.LocalHost.Output;
using Mom.LocalHost.Servers;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary><c>reset</c>: deletes all data, logs and secrets. The person was asked before, by <c>./mom</c>.</summary>
internal static class ResetCommand
{
    public static async Task<int> RunAsync(Options options)
    {
        var state = new StateDirectory(options.ToSystem().EffectiveStateDirectory);
        using (HostLock.Take(state))
        {
            await new Leftovers(state, new ProcessRecords(state)).EndAsync();
            var elsewhere = PostgresCluster.Home(state);
            if (Directory.Exists(elsewhere))
                Directory.Delete(elsewhere, recursive: true);
            Directory.Delete(state.Root, recursive: true);
        }

        ConsoleOutput.Say($"Deleted {state.Root}: the next ./mom up starts with empty servers and new passwords.");
        return ExitCodes.Success;
    }
}
