using Mom.LocalHost.Output;
using Mom.LocalHost.Resources;

namespace Mom.LocalHost.Commands;

/// <summary>Servers and services with state and address, for people.</summary>
internal static class StatusTable
{
    private const int StateColumn = 2;

    public static void Write(TextWriter writer, IReadOnlyList<ResourceStatus> resources)
    {
        var table = new Table("NAME", "KIND", "STATE", "URL", "PID", "RESTARTS", "REPLICAS");
        foreach (var r in resources)
        {
            table.Add(r.Name, Word(r.Kind), Word(r.State), r.Url ?? "-", r.Pid?.ToString(provider: null) ?? "-", $"{r.Restarts}", $"{r.Replicas}");
        }

        table.Write(writer, (column, text) => column != StateColumn ? text : text.StartsWith("healthy", StringComparison.Ordinal) ? Palette.Good(text) : Palette.Bad(text));
        foreach (var resource in resources.Where(resource => resource.Reason is not null))
            writer.WriteLine($"  {resource.Name}: {resource.Reason}");
        foreach (var failed in resources.Where(resource => resource.State == ResourceState.Failed))
            WriteTail(writer, failed);
    }

    private static void WriteTail(TextWriter writer, ResourceStatus failed)
    {
        writer.WriteLine($"  The end of {failed.Log}:");
        foreach (var line in LogTail.Read(failed.Log, lines: 10))
            writer.WriteLine($"    {line}");
    }

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}
