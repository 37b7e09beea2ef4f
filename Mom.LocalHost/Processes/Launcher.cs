using System.Diagnostics;

namespace Mom.LocalHost.Processes;

/// <summary>Starts a process as leader of its own session, with nothing to read, its output in our hands, and our mark on it.</summary>
internal static class Launcher
{
    // Each of these replaces itself with the program, so the process that we hold is the program and nothing around it.
    // A session of its own: Ctrl-C at the terminal reaches the host alone, which then ends everything in order. No shell: it
    // would drop variables such as services__math-service__http__0, whose names are not names to it.
    private static readonly string[] NewSession = OperatingSystem.IsLinux()
        ? ["setsid"]
        : ["perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!", "--"];

    /// <exception cref="LocalHostException">The program cannot be started.</exception>
    public static Process Start(ProcessSpec spec, Mark mark)
    {
        var start = new ProcessStartInfo(NewSession[0], [.. NewSession.Skip(1), spec.FileName, .. spec.Arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.WorkingDirectory ?? "/",
        };
        InheritedEnvironment.Filter(start.Environment);
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        start.Environment[Mark.StateVariable] = mark.State;
        start.Environment[Mark.UnitVariable] = mark.Unit;
        var process = Process.Start(start) ?? throw new LocalHostException($"{spec.FileName} could not be started.");
        process.StandardInput.Close();
        return process;
    }
}
