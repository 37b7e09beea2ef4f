using System.Diagnostics;

namespace Mom.LocalHost.Output;

/// <summary>Carries what a process writes, line by line, to its log and to whoever listens.</summary>
internal sealed class LogPump(string resource, int replica, LogFile log, Action<OutputLine>? listener)
{
    /// <summary>Reads both streams until they end. Starts at once; nobody needs to wait for it.</summary>
    public void Attach(Process process)
    {
        _ = PumpAsync(process.StandardOutput);
        _ = PumpAsync(process.StandardError);
    }

    /// <summary>A line of our own between those of the process.</summary>
    public void Note(string text) => Take($"--- {text}");

    private async Task PumpAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
                Take(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe went away together with its process.
        }
    }

    private void Take(string line)
    {
        log.Write(replica == 1 ? line : $"[{replica}] {line}");
        listener?.Invoke(new OutputLine(resource, replica, line));
    }
}
