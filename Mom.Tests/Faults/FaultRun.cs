using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Load;
using Mom.Chaos.Runs;

namespace Mom.Tests.Faults;

/// <summary>Load on the system of the faults group, something that happens meanwhile, quiet, and the ledger.</summary>
internal static class FaultRun
{
    private const double RequestsPerSecond = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="stack">The system.</param>
    /// <param name="strike">Happens when the first jobs are accepted, with what was promised so far; jobs must be accepted after it as well.</param>
    /// <param name="beforeTheLedger">Happens when all is quiet; told what the e-mail addresses of the run end in.</param>
    public static async Task<(Ledger Ledger, bool IsQuiet)> OfAsync(FaultStack stack, Func<Claims, Task> strike, Func<string, Task>? beforeTheLedger = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var claims = new Claims();
        var facts = new FactReader(stack.System, stack.Broker);
        await using var load = new LoadGenerator(new Uri(stack.System.Api), new Uri(stack.System.Socket), claims, RequestsPerSecond, seed: 1);
        await load.StartAsync(cancellation);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var requests = load.RunAsync(end.Token);
        await Eventually(() => claims.Acknowledged >= 5, cancellation);
        await strike(claims);
        var before = claims.Acknowledged;
        await Eventually(() => claims.Acknowledged > before, cancellation);
        await end.CancelAsync();
        await requests;

        var quiet = await Quiescence.WaitAsync(facts, load.Domain, Patience, cancellation);
        await (beforeTheLedger?.Invoke(load.Domain) ?? Task.CompletedTask);
        return (LedgerBook.Close(claims.Jobs, claims.Users, [], await facts.ReadAsync(load.Domain, claims.Pushes, cancellation)), quiet);
    }

    private static Task Eventually(Func<bool> condition, CancellationToken cancellationToken) =>
        Support.Eventually.TrueAsync(() => Task.FromResult(condition() || cancellationToken.IsCancellationRequested), "jobs are accepted");
}
