using System.Globalization;

namespace Mom.LocalHost.Ports;

/// <summary>
/// Reads <c>/proc/net/tcp</c> and <c>tcp6</c> (proc(5)), of which a line looks like
/// <c>0: 0100007F:1BA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 25153 1 ...</c>:
/// local address and port in hex, then the peer, the state (0A is LISTEN), and in column ten the socket's inode.
/// </summary>
internal static class ListeningSockets
{
    private const string Listen = "0A";
    private static readonly string[] Files = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>The sockets that listen on the port, as they appear in <c>/proc/PID/fd</c>: <c>socket:[25153]</c>.</summary>
    public static IReadOnlySet<string> InodesOf(int port) =>
        Tables().SelectMany(lines => InodesOf(port, lines)).ToHashSet(StringComparer.Ordinal);

    internal static IEnumerable<string> InodesOf(int port, IEnumerable<string> lines)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return from line in lines
               let columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where columns.Length > 9 && columns[3] == Listen && columns[1].EndsWith(suffix, StringComparison.Ordinal)
               select $"socket:[{columns[9]}]";
    }

    private static IEnumerable<string[]> Tables() =>
        Files.Where(File.Exists).Select(File.ReadAllLines);
}
