using Mom.Bench.Contenders.Engine;
using Mom.Bench.Contenders.Raw;

namespace Mom.Bench.Scenarios;

/// <summary>What each guarantee costs: every contender has one more than the one before it.</summary>
internal static class PriceScenarios
{
    private const int Window = 256;
    private const int Writers = 8;

    public static IReadOnlyList<Scenario> All =>
    [
        new("price", $"1 KiB, persistent, mandatory, {Window} senders; each line has what those above it have. With inbox and outbox the message is also handled: one row for each", 4_000,
        [
            new("raw", targets => new RawUnconfirmed(targets, Window)),
            new("+ confirm", targets => new RawPublish(targets, Window)),
            new("+ envelope, JSON", targets => new EnginePublish(targets, Window)),
            new("+ tracing", targets => new EnginePublish(targets, Window, traced: true)),
            new("+ inbox", targets => new EngineWhole(targets, Window, outbox: false)),
            new("+ outbox", targets => new EngineWhole(targets, Writers, outbox: true)),
        ]),
    ];
}
