using System.Runtime.InteropServices;

namespace Mom.LocalHost.Processes;

/// <summary>A POSIX signal and the means to send it.</summary>
internal readonly partial record struct Signal(string Name, int LinuxNumber, int MacNumber)
{
    public static readonly Signal Interrupt = new("SIGINT", 2, 2);
    public static readonly Signal Kill = new("SIGKILL", 9, 9);
    public static readonly Signal Terminate = new("SIGTERM", 15, 15);
    public static readonly Signal Continue = new("SIGCONT", 18, 19);
    public static readonly Signal Stop = new("SIGSTOP", 19, 17);

    /// <summary>Sends it. A process that is no longer there is not an error: that is what was wanted.</summary>
    public void Send(int pid)
    {
        // 0, -1 and 1 mean "my group", "everybody" and init: none of them is ever meant here.
        ArgumentOutOfRangeException.ThrowIfLessThan(pid, 2);
        _ = SendNative(pid, OperatingSystem.IsLinux() ? LinuxNumber : MacNumber);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendNative(int pid, int signal);
}
