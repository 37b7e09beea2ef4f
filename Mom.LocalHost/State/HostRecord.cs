using System.Text.Json;
using Mom.LocalHost.Processes;

namespace Mom.LocalHost.State;

/// <summary>The host that owns the state directory now.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Started">When the kernel says it started.</param>
/// <param name="DataOnly">Whether it runs the servers alone.</param>
/// <param name="PortOffset">What was added to every port.</param>
internal sealed record HostRecord(int Pid, string Started, bool DataOnly, int PortOffset)
{
    public static void Write(StateDirectory state, bool dataOnly, int portOffset)
    {
        var started = ProcessTable.Find(Environment.ProcessId)?.Started ?? string.Empty;
        var record = new HostRecord(Environment.ProcessId, started, dataOnly, portOffset);
        PrivateFile.Write(state.HostFile, JsonSerializer.Serialize(record, StateJson.Default.HostRecord));
    }

    /// <summary>The host that is alive, if any.</summary>
    public static HostRecord? Living(StateDirectory state)
    {
        if (!File.Exists(state.HostFile))
            return null;

        var record = JsonSerializer.Deserialize(File.ReadAllText(state.HostFile), StateJson.Default.HostRecord);
        return record is not null && ProcessTable.Find(record.Pid) is { IsAlive: true } entry && entry.Started == record.Started ? record : null;
    }

    public static void Delete(StateDirectory state) => File.Delete(state.HostFile);
}
