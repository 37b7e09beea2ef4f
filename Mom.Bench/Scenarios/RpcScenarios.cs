using Mom.Bench.Contenders;
using Mom.Bench.Contenders.Engine;
using Mom.Bench.Contenders.MassTransit;
using Mom.Bench.Contenders.Raw;
using Mom.Bench.Contenders.Wolverine;

namespace Mom.Bench.Scenarios;

/// <summary>Requests with replies. Requests and replies are confirmed; the request is acked after its reply.</summary>
internal static class RpcScenarios
{
    public static IReadOnlyList<Scenario> All(int backlog) =>
    [
        Callers("rpc", 1, 2_000),
        Callers("rpc-16", 16, 10_000),
        Callers("rpc-64", 64, 15_000),
        new(
            "rpc-backlog",
            $"one caller, priority 10, while {backlog:N0} messages of priority 1 wait that take {Backlog.Work.TotalMilliseconds} ms each; prefetch {Backlog.Prefetch}, {Backlog.Concurrency} handlers",
            200,
            [
                new("raw", targets => new RawBacklog(targets, backlog)),
                new("mom", targets => new EngineBacklog(targets, backlog)),
                new("mom, prefetch 4", targets => new EngineBacklog(targets, backlog, prefetch: Backlog.Concurrency)),
            ]),
    ];

    private static Scenario Callers(string name, int callers, int messages) =>
        new(name, $"request and reply of 1 KiB over an exclusive reply queue, callers: {callers}", messages,
        [
            new("raw", targets => new RawRpc(targets, callers)),
            new("mom", targets => new EngineRpc(targets, callers)),
            new("MassTransit", targets => new MassTransitRpc(targets, callers)),
            new("Wolverine", targets => new WolverineRpc(targets, callers)),
        ]);
}
