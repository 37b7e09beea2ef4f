using Mom.Bench.Contenders;
using Mom.Bench.Contenders.Engine;
using Mom.Bench.Contenders.Raw;

namespace Mom.Bench.Scenarios;

/// <summary>Every scenario. The first contender of each is its yardstick.</summary>
internal static class ScenarioCatalog
{
    /// <summary>Messages of low priority in front of which a request has to be served.</summary>
    public const int DefaultBacklog = 10_000;

    public static IReadOnlyList<Scenario> All(int backlog = DefaultBacklog) =>
    [
        new("publish", "publish 1 KiB, persistent, mandatory, 256 confirms outstanding", 20_000,
        [
            new("raw", targets => new RawPublish(targets, callers: 256)),
            new("mom", targets => new EnginePublish(targets, callers: 256)),
            new("mom, traced", targets => new EnginePublish(targets, callers: 256, traced: true)),
        ]),
        new("publish-one", "publish 1 KiB, persistent, mandatory, each confirm awaited before the next", 2_000,
        [
            new("raw", targets => new RawPublish(targets, callers: 1)),
            new("mom", targets => new EnginePublish(targets, callers: 1)),
        ]),
        new("publish-quorum", "as publish, to a quorum queue (one node)", 10_000,
        [
            new("raw", targets => new RawPublish(targets, callers: 256, quorum: true)),
            new("mom", targets => new EnginePublish(targets, callers: 256, quorum: true)),
            new("raw, classic", targets => new RawPublish(targets, callers: 256)),
        ]),
        new("consume", "consume 1 KiB, ack each after its handler, prefetch 256, 8 handlers at a time", 20_000,
        [
            new("raw", targets => new RawConsume(targets)),
            new("mom", targets => new EngineConsume(targets)),
            new("mom, traced", targets => new EngineConsume(targets, traced: true)),
        ]),
        new("consume-quorum", "as consume, from a quorum queue (one node)", 10_000,
        [
            new("raw", targets => new RawConsume(targets, quorum: true)),
            new("mom", targets => new EngineConsume(targets, quorum: true)),
            new("raw, classic", targets => new RawConsume(targets)),
        ]),
        Rpc("rpc", callers: 1, messages: 2_000),
        Rpc("rpc-16", callers: 16, messages: 10_000),
        Rpc("rpc-64", callers: 64, messages: 15_000),
        new("rpc-backlog", $"one caller, priority 10, while {backlog:N0} messages of priority 1 wait that take 5 ms each; prefetch {Backlog.Prefetch}, {Backlog.Concurrency} handlers", 200,
        [
            new("raw", targets => new RawBacklog(targets, backlog)),
            new("mom", targets => new EngineBacklog(targets, backlog)),
        ]),
        new("outbox-write", "one outbox row for each transaction, 8 writers", 4_000,
        [
            new("raw", targets => new RawOutboxWrite(targets, writers: 8)),
            new("mom", targets => new EngineOutboxWrite(targets, writers: 8)),
        ]),
        new("outbox-relay", "from the outbox to the broker: claim, publish with confirms, delete, commit", 5_000,
        [
            new("raw", targets => new RawOutboxRelay(targets)),
            new("mom", targets => new EngineOutboxRelay(targets)),
        ]),
        new("inbox", "consume; inbox row and effect in one transaction for each message, ack after the commit", 3_000,
        [
            new("raw", targets => new RawInbox(targets)),
            new("mom", targets => new EngineInbox(targets)),
        ]),
        new("retry", "each message fails once: confirmed publish to a retry tier, ack, second attempt after 1 ms", 3_000,
        [
            new("raw", targets => new RawRetry(targets)),
            new("mom", targets => new EngineRetry(targets)),
        ]),
    ];

    private static Scenario Rpc(string name, int callers, int messages) =>
        new(name, $"request and reply of 1 KiB over an exclusive reply queue, {callers} caller{(callers == 1 ? "" : "s")}", messages,
        [
            new("raw", targets => new RawRpc(targets, callers)),
            new("mom", targets => new EngineRpc(targets, callers)),
        ]);
}
