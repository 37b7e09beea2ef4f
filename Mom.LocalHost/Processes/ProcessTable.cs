using System.Globalization;
using System.Text;

namespace Mom.LocalHost.Processes;

/// <summary>What runs on this machine: from <c>/proc</c> on Linux, from <c>ps</c> elsewhere.</summary>
internal static class ProcessTable
{
    public static IReadOnlyList<ProcessEntry> Snapshot() =>
        OperatingSystem.IsLinux() ? [.. Pids().Select(Find).OfType<ProcessEntry>()] : PsCommand.Snapshot();

    public static ProcessEntry? Find(int pid) => OperatingSystem.IsLinux()
        ? ReadText(pid, "stat") is { Length: > 0 } stat ? ProcessEntry.Parse(stat) : null
        : PsCommand.Snapshot().FirstOrDefault(entry => entry.Pid == pid);

    public static IEnumerable<int> Pids() =>
        from directory in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(directory)
        where name.All(char.IsAsciiDigit)
        select int.Parse(name, CultureInfo.InvariantCulture);

    public static string CommandLine(int pid) => ReadText(pid, "cmdline").Replace('\0', ' ').Trim();

    /// <summary>The environment that the process started with; empty when it may not be seen.</summary>
    public static IEnumerable<string> EnvironmentOf(int pid) => ReadText(pid, "environ").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private static string ReadText(int pid, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
