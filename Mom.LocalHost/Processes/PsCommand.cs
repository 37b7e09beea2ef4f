using System.Diagnostics;
using System.Globalization;

namespace Mom.LocalHost.Processes;

/// <summary>The process table by <c>ps</c>, for systems without <c>/proc</c> (macOS).</summary>
internal static class PsCommand
{
    public static IReadOnlyList<ProcessEntry> Snapshot()
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-axo", "pid=,ppid=,pgid=,stat=,lstart="]) { UseShellExecute = false, RedirectStandardOutput = true })
            ?? throw new LocalHostException("The ps command could not be started.");
        return [.. ps.StandardOutput.ReadToEnd().Split('\n').Select(Parse).OfType<ProcessEntry>()];
    }

    /// <summary>A line such as <c>  812     1   812 Ss   Mon Nov 23 09:12:44 2026</c>. The session is not there: the group stands for it.</summary>
    internal static ProcessEntry? Parse(string line)
    {
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length < 5
            ? null
            : new ProcessEntry(Number(columns[0]), Number(columns[1]), Number(columns[2]), Number(columns[2]), columns[3][0], string.Join('-', columns[4..]));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
