using Mom.Bench.Contenders.Engine;
using Mom.Bench.Contenders.Raw;

namespace Mom.Bench.Scenarios;

/// <summary>The path through the database. The yardstick does the same by hand; the peers' stores are not part of this comparison.</summary>
internal static class DurableScenarios
{
    private const int Writers = 8;

    public static IReadOnlyList<Scenario> All =>
    [
        new("outbox-write", $"one outbox row of 1 KiB for each transaction, {Writers} writers", 4_000,
        [
            new("raw", targets => new RawOutboxWrite(targets, Writers)),
            new("mom", targets => new EngineOutboxWrite(targets, Writers)),
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
    ];
}
