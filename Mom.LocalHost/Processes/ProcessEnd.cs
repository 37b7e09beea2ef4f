using System.Diagnostics;

namespace Mom.LocalHost.Processes;

/// <summary>Ends a process and all that came from it.</summary>
internal static class ProcessEnd
{
    /// <summary>Asks the process to end, and kills what is left after the limit.</summary>
    public static async Task GracefulAsync(Process process, ProcessSpec spec, Mark mark)
    {
        using var limit = new CancellationTokenSource(spec.StopLimit);
        // A frozen process would take the signal only when thawed.
        ProcessTree.Send(Signal.Continue, process.Id, mark);
        spec.StopSignal.Send(process.Id);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Too slow: the kill below takes it.
        }

        await KillAsync(process, mark);
    }

    /// <summary>Kills everything of the tree that is still there.</summary>
    public static async Task KillAsync(Process process, Mark mark)
    {
        ProcessTree.Send(Signal.Kill, process.Id, mark);
        await process.WaitForExitAsync();
    }
}
