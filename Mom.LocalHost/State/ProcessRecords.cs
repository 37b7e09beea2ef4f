using System.Text.Json;
using Mom.LocalHost.Processes;

namespace Mom.LocalHost.State;

/// <summary>The records of all processes that were started and not yet seen to end: one small file each.</summary>
internal sealed class ProcessRecords(StateDirectory state)
{
    public void Add(string unit, int pid)
    {
        // Gone already: then there is nothing to remember.
        if (ProcessTable.Find(pid) is not { } entry)
            return;

        var record = new ProcessRecord(unit, pid, entry.Started);
        PrivateFile.Write(FileOf(unit), JsonSerializer.Serialize(record, StateJson.Default.ProcessRecord));
    }

    public void Remove(string unit) => File.Delete(FileOf(unit));

    /// <summary>Those recorded processes that still live. A pid that belongs to another process by now does not count.</summary>
    public IReadOnlyList<ProcessRecord> Living() =>
        [.. Directory.EnumerateFiles(state.Processes, "*.json").Select(Read).OfType<ProcessRecord>().Where(IsAlive)];

    public void Clear()
    {
        foreach (var file in Directory.EnumerateFiles(state.Processes))
            File.Delete(file);
    }

    private static bool IsAlive(ProcessRecord record) =>
        ProcessTable.Find(record.Pid) is { IsAlive: true } entry && entry.Started == record.Started;

    private static ProcessRecord? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), StateJson.Default.ProcessRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string FileOf(string unit) => Path.Combine(state.Processes, unit + ".json");
}
