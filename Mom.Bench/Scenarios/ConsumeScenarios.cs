using Mom.Bench.Contenders;
using Mom.Bench.Contenders.Engine;
using Mom.Bench.Contenders.MassTransit;
using Mom.Bench.Contenders.Raw;
using Mom.Bench.Contenders.Wolverine;
using Mom.Bench.Servers;

namespace Mom.Bench.Scenarios;

/// <summary>Consuming. Each message is acked after its handler has returned.</summary>
internal static class ConsumeScenarios
{
    // As many as every queue holds at some time.
    private const int Few = 1_000;

    /// <param name="deep">How many messages wait in the scenario of a deep queue.</param>
    public static IReadOnlyList<Scenario> All(int deep) =>
    [
        new("consume", $"1 KiB, each acked after its handler, prefetch {Sizes.Prefetch}, {Sizes.Concurrency} handlers at a time", 20_000,
        [
            new("raw", targets => new RawConsume(targets)),
            new("mom", targets => new EngineConsume(targets)),
            new("mom, traced", targets => new EngineConsume(targets, traced: true)),
            new("MassTransit", targets => new MassTransitConsume(targets)),
            new("Wolverine", targets => new WolverineConsume(targets)),
        ]),
        new("consume-quorum", "as consume, from a quorum queue of one node; beside it the raw client on the two kinds of classic queue", 10_000,
        [
            new("raw", targets => new RawConsume(targets, QueueKind.Quorum)),
            new("mom", targets => new EngineConsume(targets, quorum: true)),
            new("raw, priorities", targets => new RawConsume(targets)),
            new("raw, plain", targets => new RawConsume(targets, QueueKind.Plain)),
        ]),
        new("consume-deep", $"as consume, from a queue in which {Few:N0} more messages wait, and from one in which {deep:N0} do", 20_000,
        [
            new("few waiting", targets => new EngineDeepConsume(targets, Few)),
            new("many waiting", targets => new EngineDeepConsume(targets, deep)),
        ]),
        new("retry", "each message fails once: confirmed publish to a retry tier, ack, second attempt a millisecond later", 3_000,
        [
            new("raw", targets => new RawRetry(targets)),
            new("mom", targets => new EngineRetry(targets)),
        ]),
    ];
}
