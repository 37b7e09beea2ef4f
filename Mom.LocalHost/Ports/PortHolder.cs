using Mom.LocalHost.Processes;

namespace Mom.LocalHost.Ports;

/// <summary>The process that listens on a port.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Command">Its command line.</param>
public sealed record PortHolder(int Pid, string Command)
{
    /// <summary>Finds who listens on the port; <see langword="null"/> when that cannot be seen from here.</summary>
    public static PortHolder? Of(int port)
    {
        if (!OperatingSystem.IsLinux())
            return null;

        var inodes = ListeningSockets.InodesOf(port);
        foreach (var pid in ProcessTable.Pids())
        {
            if (HoldsAny(pid, inodes))
                return new PortHolder(pid, ProcessTable.CommandLine(pid));
        }

        return null;
    }

    private static bool HoldsAny(int pid, IReadOnlySet<string> inodes)
    {
        try
        {
            return new DirectoryInfo($"/proc/{pid}/fd").EnumerateFiles().Any(fd => fd.LinkTarget is { } target && inodes.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
