using Mom.Bench.Contenders.Engine;
using Mom.Bench.Contenders.MassTransit;
using Mom.Bench.Contenders.Raw;
using Mom.Bench.Contenders.Wolverine;
using Mom.Bench.Servers;

namespace Mom.Bench.Scenarios;

/// <summary>Publishing. Everything is persistent and confirmed.</summary>
internal static class PublishScenarios
{
    private const int Window = 256;

    public static IReadOnlyList<Scenario> All =>
    [
        new("publish", $"1 KiB, persistent, mandatory, {Window} confirms outstanding", 20_000,
        [
            new("raw", targets => new RawPublish(targets, Window)),
            new("mom", targets => new EnginePublish(targets, Window)),
            new("mom, traced", targets => new EnginePublish(targets, Window, traced: true)),
            new("MassTransit", targets => new MassTransitPublish(targets, Window)),
            new("Wolverine", targets => new WolverinePublish(targets, Window)),
        ]),
        new("publish-one", "1 KiB, persistent, mandatory, each confirm awaited before the next publish", 2_000,
        [
            new("raw", targets => new RawPublish(targets, callers: 1)),
            new("mom", targets => new EnginePublish(targets, callers: 1)),
            new("MassTransit", targets => new MassTransitPublish(targets, callers: 1)),
            new("Wolverine", targets => new WolverinePublish(targets, callers: 1)),
        ]),
        new("publish-quorum", "as publish, to a quorum queue of one node; beside it the raw client on the two kinds of classic queue", 10_000,
        [
            new("raw", targets => new RawPublish(targets, Window, QueueKind.Quorum)),
            new("mom", targets => new EnginePublish(targets, Window, quorum: true)),
            new("raw, priorities", targets => new RawPublish(targets, Window)),
            new("raw, plain", targets => new RawPublish(targets, Window, QueueKind.Plain)),
        ]),
    ];
}
