using System.Diagnostics;
using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Faults;

namespace Mom.Chaos.Runs;

/// <summary>Runs faults at their times, one after another. A fault that fails itself is recorded and does not end the run.</summary>
/// <param name="ground">When it is cancelled no further fault begins, and the present one is undone.</param>
/// <param name="say">Told what strikes.</param>
internal sealed class FaultStrikes(Ground ground, Action<string> say)
{
    /// <returns>What has struck.</returns>
    public async Task<IReadOnlyList<FaultFact>> RunAsync(IReadOnlyList<(TimeSpan At, Fault Fault)> schedule)
    {
        var clock = Stopwatch.StartNew();
        var struck = new List<FaultFact>();
        foreach (var (at, fault) in schedule)
        {
            // A fault that takes longer than the calm after it delays the next one; the order stays.
            var wait = at - clock.Elapsed;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, ground.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ground.CancellationToken.IsCancellationRequested)
            {
                break;
            }

            say($"{fault.Name}: {fault.What}");
            struck.Add(await StrikeAsync(fault));
            say($"{fault.Name}: {(struck[^1].Trouble is { } trouble ? $"went wrong itself: {trouble}" : "over")}");
        }

        return struck;
    }

    // Whatever it was, the run goes on: what clients were promised has to be counted all the more.
    private async Task<FaultFact> StrikeAsync(Fault fault)
    {
        try
        {
            await fault.StrikeAsync(ground);
            return new FaultFact(fault.Name, Trouble: null);
        }
        catch (Exception exception)
        {
            return new FaultFact(fault.Name, $"{exception.GetType().Name}: {exception.Message}");
        }
    }
}
