using System.Diagnostics;
using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Faults;
using Mom.Chaos.Load;
using Mom.Testing;

namespace Mom.Chaos.Runs;

/// <summary>Load, faults at their times, quiet, ledger.</summary>
internal sealed class ChaosRun(RunningSystem system, ChaosOptions options, Action<string> say)
{
    // As long as the last retries of an operation take, with their jitter.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    private readonly Claims _claims = new();
    private readonly Stopwatch _clock = new();

    /// <summary>Runs to the end and closes the ledger. A cancellation ends the load early; the ledger is closed all the same.</summary>
    public async Task<Ledger> RunAsync(CancellationToken stop)
    {
        using var broker = new BrokerScreen(system);
        var facts = new FactReader(system, broker);
        await using var load = new LoadGenerator(new Uri(system.Api), new Uri(system.Socket), _claims, options.Rate, options.Seed);
        await load.StartAsync(stop);

        var schedule = FaultSchedule.Of(options.Faults, options.Length, options.Seed);
        say($"Seed {options.Seed}: {string.Join(", ", schedule.Select(entry => $"{entry.At.TotalSeconds:0} s {entry.Fault.Name}"))}");
        _clock.Start();
        IReadOnlyList<FaultFact> struck;
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(stop))
        {
            end.CancelAfter(options.Length);
            var progress = ReportAsync(end.Token);
            var requests = load.RunAsync(end.Token);
            struck = await new FaultStrikes(new Ground(system, broker, _claims, Outage, end.Token), Say).RunAsync(schedule);
            await Task.WhenAll(requests, progress);
        }

        Say($"the load has ended; waiting until nothing is under way (at most {Patience.TotalMinutes:0} minutes)");
        var quiet = await Quiescence.WaitAsync(facts, load.Domain, Patience, CancellationToken.None);
        Say($"{(quiet ? "quiet" : "not quiet in time: the ledger shows what is left")}");
        return LedgerBook.Close(_claims.Jobs, _claims.Users, struck, await facts.ReadAsync(load.Domain, _claims.Pushes, CancellationToken.None));
    }

    private void Say(string text) => say($"[{_clock.Elapsed.TotalSeconds,5:0.0} s] {text}");

    private async Task ReportAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                Say($"jobs: {_claims.Asked} asked for, {_claims.Acknowledged} acknowledged, {_claims.SeenDone} seen done");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The load has ended.
        }
    }
}
