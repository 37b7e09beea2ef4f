using System.Diagnostics;
using Mom.Testing;

namespace Mom.Tests.Sandbox;

/// <summary>A started experiment.</summary>
internal sealed class RunningExperiment : IDisposable
{
    private readonly Process _process;
    private readonly string _name;
    private readonly ExperimentOutput _errors = new();

    private RunningExperiment(string name, ProcessStartInfo start, ExperimentOutput output)
    {
        _name = name;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) =>
        {
            _errors.Add(line.Data);
            output.Add(line.Data);
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static RunningExperiment Start(ExperimentCommand command, RunningSystem system, ExperimentOutput output)
    {
        var start = new ProcessStartInfo("dotnet", ExperimentBuild.ToRun(command))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__rabbitmq"] = system.Connections.RabbitMq;
        start.Environment["ConnectionStrings__redis"] = system.Connections.Redis;
        start.Environment["ConnectionStrings__momdb"] = system.Connections.Momdb;
        start.Environment["services__api__http__0"] = system.Api;
        start.Environment["services__socket__http__0"] = system.Socket;
        // No compiler may stay behind that holds on to the output.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return new(command.File, start, output);
    }

    /// <summary>Waits until it has ended by itself, without an error.</summary>
    public async Task EndedAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        // dotnet run builds first.
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        await _process.WaitForExitAsync(patience.Token);
        Assert.True(_process.ExitCode == 0 && _errors.Lines.Count == 0, $"{_name} should end well, and ended with {_process.ExitCode}:\n{string.Join('\n', _errors.Lines)}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
