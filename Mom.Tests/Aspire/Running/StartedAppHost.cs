using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Mom.Hosting.NativeServers.Processes;
using Mom.Hosting.Ports;
using Mom.Testing;

namespace Mom.Tests.AspireTests.Running;

/// <summary>The AppHost as a process of its own, started as <c>dotnet run</c> would, with all ports shifted to where nothing is.</summary>
internal sealed class StartedAppHost : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly int[] Ports = [7070, 7071, 7072, 7073, 7080, 7090, 9090, 9091, 9092, 9093, 18888, 18889];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly SemaphoreSlim _more = new(0);

    public StartedAppHost(string servers, string data, params string[] settings)
    {
        Offset = FreeOffset();
        var start = new ProcessStartInfo("dotnet", [AppHostProcess.Program, .. RunSettings.Of(servers, data), $"--Ports:Offset={Offset}", .. settings])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // As the launch profile has it.
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = "http://localhost:18888",
                ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:18889",
                ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
            },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Offset { get; }

    public string Output => string.Join('\n', _lines);

    public int Port(int standard) => standard + Offset;

    public void Send(Signal signal) => signal.Send(_process.Id);

    /// <summary>Waits until it has written a line with this text.</summary>
    public async Task UntilItSaysAsync(string text)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            Assert.False(_process.HasExited, $"It was to say '{text}', but ended. It said:\n{Output}");
            Assert.True(DateTime.UtcNow < deadline, $"It was to say '{text}'. It said:\n{Output}");
            await _more.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // Asked, so that it takes what it has started along.
            Signal.Terminate.Send(_process.Id);
            _process.WaitForExit(Patience);
        }

        _process.Dispose();
        _more.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        _more.Release();
    }

    private static int FreeOffset()
    {
        while (true)
        {
            var offset = Random.Shared.Next(2_000, 40_000);
            if (Ports.All(port => FreePorts.IsFree(port + offset)))
                return offset;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"AppHost {_process.Id}");
}
