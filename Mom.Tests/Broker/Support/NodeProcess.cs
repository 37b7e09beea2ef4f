using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Mom.Hosting.NativeServers.Processes;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Support;

/// <summary>A process of its own that uses the engine, to be killed.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _said = [];
    private readonly ConcurrentQueue<string> _errors = [];

    private NodeProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    public static async Task<NodeProcess> StartAsync(VirtualHost broker, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[typeof(NodeTopology).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["MOM_NODE_BROKER"] = broker.Uri.ToString();
        var node = new NodeProcess(Process.Start(start)!);
        node._process.OutputDataReceived += (_, line) => node.Write(line.Data);
        node._process.ErrorDataReceived += (_, line) => node._errors.Enqueue(line.Data ?? string.Empty);
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        await node.SaysAsync("ready");
        return node;
    }

    /// <summary>Waits until the process writes that line.</summary>
    public async Task SaysAsync(string expected)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        try
        {
            while (await _lines.Reader.ReadAsync(patience.Token) is var line)
            {
                if (string.Equals(line, expected, StringComparison.Ordinal))
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            Assert.Fail($"The process should say '{expected}'. It wrote: {string.Join('\n', _errors)}");
        }
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Terminate() => Signal.Terminate.Send(_process.Id);

    /// <summary>How often the process has written that line; complete once it has ended.</summary>
    public int TimesSaid(string line) => _said.Count(said => string.Equals(said, line, StringComparison.Ordinal));

    public Task ExitAsync() => _process.WaitForExitAsync().PatientlyAsync("the process should end");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Write(string? line)
    {
        if (line is null)
        {
            _lines.Writer.TryComplete();
        }
        else
        {
            _said.Enqueue(line);
            _lines.Writer.TryWrite(line);
        }
    }
}
