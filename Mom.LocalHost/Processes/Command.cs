using System.Diagnostics;

namespace Mom.LocalHost.Processes;

/// <summary>A short command that is run to its end.</summary>
internal static class Command
{
    /// <summary>Runs it.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="mark">Marks it as ours, should we die meanwhile.</param>
    /// <param name="input">Fed to its standard input.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="LocalHostException">It ended with another exit code than 0; the message holds what it wrote.</exception>
    public static async Task<string> RunAsync(ProcessSpec spec, Mark mark, string? input = null, CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(spec.FileName, spec.Arguments)
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.WorkingDirectory ?? "/",
        };
        InheritedEnvironment.Filter(start.Environment);
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        start.Environment[Mark.StateVariable] = mark.State;

        using var process = Process.Start(start) ?? throw new LocalHostException($"{spec.FileName} could not be started.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await output
                : throw new LocalHostException($"{spec.FileName} failed with exit code {process.ExitCode}: {(await errors).Trim()} {(await output).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
