using System.ComponentModel;
using System.Diagnostics;

namespace Mom.Tests.AspireTests;

internal static class ContainerRuntime
{
    /// <summary>Whether Docker or Podman is installed and its engine answers.</summary>
    public static bool Runs() => Answers("docker") || Answers("podman");

    private static bool Answers(string runtime)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(runtime, ["info"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process.WaitForExit(TimeSpan.FromSeconds(30)) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
