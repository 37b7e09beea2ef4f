using Mom.LocalHost.Health;

namespace Mom.LocalHost.Resources;

/// <summary>Asks again and again how a process is, and tells each answer.</summary>
internal sealed class HealthWatch(IHealthProbe probe, Action<string?> report)
{
    private static readonly TimeSpan WhileUnwell = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan WhileWell = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Runs until cancelled; never throws.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var reason = await CheckAsync(stop);
            if (stop.IsCancellationRequested)
                return;

            report(reason);
            await Task.Delay(reason is null ? WhileWell : WhileUnwell, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string?> CheckAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            return await probe.CheckAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return $"no answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }
}
