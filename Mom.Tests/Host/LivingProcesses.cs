using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.State;

namespace Mom.Tests.Host;

/// <summary>
/// What lives of a system. No single trace will do: Redis and Postgres write their title over the mark in their environment, and
/// a record is gone as soon as the host believes that the process is.
/// </summary>
internal static class LivingProcesses
{
    public static IReadOnlySet<int> Of(string stateDirectory, PortMap ports)
    {
        var state = new StateDirectory(stateDirectory);
        var recorded = new Leftovers(state, new ProcessRecords(state)).Find().Select(entry => entry.Pid);
        var listening = PortUse.Of(ports)
            .Where(use => !FreePorts.IsFree(use.Port))
            .Select(use => PortHolder.Of(use.Port)?.Pid)
            .OfType<int>();
        return new Mark(stateDirectory, Unit: null).Pids()
            .Concat(recorded)
            .Concat(listening)
            .Where(pid => pid != Environment.ProcessId)
            .ToHashSet();
    }
}
