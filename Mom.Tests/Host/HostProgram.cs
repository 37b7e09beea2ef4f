using System.Diagnostics;
using Mom.LocalHost;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;

namespace Mom.Tests.Host;

/// <summary>The host as a program in a process of its own, as <c>./mom</c> starts it.</summary>
internal sealed class HostProgram : IDisposable
{
    private readonly string _offset = FreeOffset();

    public string State { get; } = Directory.CreateTempSubdirectory("mom-program").FullName;

    /// <summary>The living processes that came from it, the host itself not among them.</summary>
    public IReadOnlySet<int> Pids => new Mark(State, Unit: null).Pids();

    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    public Process Start(params string[] arguments)
    {
        var program = Path.Combine(Repository.Root, "Mom.LocalHost", "bin", Repository.Configuration, "net10.0", "Mom.LocalHost.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments, "--state", State, "--port-offset", _offset])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(State, recursive: true);

    private static string FreeOffset()
    {
        var offset = 1000;
        while (PortUse.Of(PortMap.Standard.Offset(offset)).Any(use => !FreePorts.IsFree(use.Port)))
            offset += 100;
        return $"{offset}";
    }
}
