using System.ComponentModel;
using System.Diagnostics;

namespace Mom.Hosting.NativeServers.Processes;

/// <summary>A command that ends by itself.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs it to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    /// <returns>What it wrote, and its exit code: 127, as a shell has it, when there is no such program.</returns>
    public static (int ExitCode, string Output) Run(string program, IEnumerable<string> arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                return (-1, $"{program} did not end within {Limit.TotalMinutes} minutes.");
            }

            return (process.ExitCode, output.Result + errors.Result);
        }
        catch (Win32Exception exception)
        {
            return (127, exception.Message);
        }
    }
}
