using System.Runtime.InteropServices;

namespace Mom.Hosting.NativeServers.Processes;

/// <summary>A POSIX signal and the means to send it.</summary>
/// <param name="ShortName">As <c>kill -s</c> knows it.</param>
/// <param name="LinuxNumber">Its number on Linux.</param>
/// <param name="MacNumber">Its number on macOS.</param>
public readonly partial record struct Signal(string ShortName, int LinuxNumber, int MacNumber)
{
    public static readonly Signal Interrupt = new("INT", 2, 2);
    public static readonly Signal Kill = new("KILL", 9, 9);
    public static readonly Signal Terminate = new("TERM", 15, 15);
    public static readonly Signal Continue = new("CONT", 18, 19);
    public static readonly Signal Stop = new("STOP", 19, 17);

    /// <summary>Sends it. A process that is no longer there is not an error: that is what was wanted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is below 2: 0, -1 and 1 mean "my group", "everybody" and init.</exception>
    public void Send(int processId)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processId, 2);
        _ = SendNative(processId, OperatingSystem.IsLinux() ? LinuxNumber : MacNumber);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendNative(int processId, int signal);
}
