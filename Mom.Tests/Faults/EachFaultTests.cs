using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Faults;
using Mom.Chaos.Load;
using Mom.Chaos.Runs;

namespace Mom.Tests.Faults;

/// <summary>Every fault of the table alone, under load, and the ledger after it.</summary>
[Trait("Group", "faults")]
public sealed class EachFaultTests(FaultStack stack) : IClassFixture<FaultStack>
{
    private const double RequestsPerSecond = 5;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static TheoryData<string> Names => new(FaultTable.All.Select(fault => fault.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost(string name)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var claims = new Claims();
        var facts = new FactReader(stack.System, stack.Broker);
        await using var load = new LoadGenerator(new Uri(stack.System.Urls.Api), new Uri(stack.System.Urls.Socket), claims, RequestsPerSecond, seed: 1);
        await load.StartAsync(cancellation);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var requests = load.RunAsync(end.Token);
        await Eventually(() => claims.Acknowledged >= 5, cancellation);
        await FaultTable.Named([name])[0].StrikeAsync(new Ground(stack.System, stack.Broker, Outage, cancellation));
        var before = claims.Acknowledged;
        await Eventually(() => claims.Acknowledged > before, cancellation);
        await end.CancelAsync();
        await requests;

        var quiet = await Quiescence.WaitAsync(facts, load.Domain, Patience, cancellation);
        var ledger = LedgerBook.Close(claims.Jobs, claims.Users, [], await facts.ReadAsync(load.Domain, claims.Pushes, cancellation));
        Assert.True(quiet && ledger.Passes, $"After {name} nothing should be lost:\n{LedgerText.Of(ledger)}");
    }

    private static Task Eventually(Func<bool> condition, CancellationToken cancellationToken) =>
        Support.Eventually.TrueAsync(() => Task.FromResult(condition() || cancellationToken.IsCancellationRequested), "jobs are accepted");
}
