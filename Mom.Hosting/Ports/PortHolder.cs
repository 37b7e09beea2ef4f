using System.Globalization;
using System.Text;

namespace Mom.Hosting.Ports;

/// <summary>The process that listens on a port.</summary>
/// <param name="ProcessId">Its process id.</param>
/// <param name="CommandLine">Its command line.</param>
internal sealed record PortHolder(int ProcessId, string CommandLine)
{
    private const string Listen = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Finds who listens on the port; <see langword="null"/> when that cannot be seen from here.</summary>
    public static PortHolder? Of(int port)
    {
        if (!OperatingSystem.IsLinux())
            return null;

        var sockets = Tables.Where(File.Exists).SelectMany(table => Sockets(port, File.ReadAllLines(table))).ToHashSet(StringComparer.Ordinal);
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id) && HoldsAny(process, sockets))
                return new PortHolder(id, Encoding.UTF8.GetString(File.ReadAllBytes($"{process}/cmdline")).Replace('\0', ' ').Trim());
        }

        return null;
    }

    /// <summary>The sockets that listen on the port, as they appear in <c>/proc/PID/fd</c>: <c>socket:[25153]</c>.</summary>
    /// <remarks>
    /// Of a line such as <c>0: 0100007F:1BA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 25153 1 …</c> (proc(5)): local
    /// address and port in hex, then the peer, the state (0A is LISTEN), and in column ten the socket's inode.
    /// </remarks>
    internal static IEnumerable<string> Sockets(int port, IEnumerable<string> lines)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return from line in lines
               let columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where columns.Length > 9 && columns[3] is Listen && columns[1].EndsWith(suffix, StringComparison.Ordinal)
               select $"socket:[{columns[9]}]";
    }

    private static bool HoldsAny(string process, HashSet<string> sockets)
    {
        try
        {
            return new DirectoryInfo($"{process}/fd").EnumerateFiles().Any(file => file.LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
