using System.Diagnostics;

namespace Mom.LocalHost.Processes;

/// <summary>Starts a process as leader of its own session, with nothing to read, its output in our hands, and our mark on it.</summary>
internal static class Launcher
{
    // exec keeps the pid all the way, so the process that we hold is the program itself and no shell around it.
    // A session of its own: Ctrl-C at the terminal reaches the host alone, which then ends everything in order.
    private static readonly string NewSession = OperatingSystem.IsLinux()
        ? "exec setsid \"$0\" \"$@\" </dev/null"
        : "exec perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV or die $!' -- \"$0\" \"$@\" </dev/null";

    /// <exception cref="LocalHostException">The program cannot be started.</exception>
    public static Process Start(ProcessSpec spec, Mark mark)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", NewSession, spec.FileName, .. spec.Arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.WorkingDirectory ?? "/",
        };
        InheritedEnvironment.Filter(start.Environment);
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        start.Environment[Mark.StateVariable] = mark.State;
        start.Environment[Mark.UnitVariable] = mark.Unit;
        return Process.Start(start) ?? throw new LocalHostException($"{spec.FileName} could not be started.");
    }
}
