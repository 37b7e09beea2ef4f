using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class PriorityTests(DataServers servers)
{
    [Fact]
    public async Task A_request_behind_10000_messages_of_low_priority_is_answered_before_at_most_prefetch_of_them()
    {
        const int prefetch = 20;
        await using var broker = await servers.VirtualHostAsync();
        await using var caller = await broker.NodeAsync();
        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(number => caller.Publisher.PublishAsync(new Work(number))));

        var (handled, atAnswer) = (new Counter(), 0);
        await using var worker = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (_, _) => { handled.Add(); return Task.CompletedTask; },
                OnAsk = (ask, _) => { atAnswer = handled.Value; return Task.FromResult(new Answer(ask.Number)); },
            },
            options => (options.Concurrency, options.Prefetch) = OneByOne(prefetch));
        await handled.ReachesAsync(100, "the worker should be at work");
        await worker.Control().DrainAsync(NodeTopology.Work);
        var atRequest = handled.Value;
        var answer = caller.Rpc().RequestAsync(new Ask(1));
        await Eventually.TrueAsync(async () => await broker.CountAsync(NodeTopology.Work) == 10_001 - atRequest, "the request should be in the queue");
        await worker.Control().ResumeAsync(NodeTopology.Work);
        await answer;
        Assert.InRange(atAnswer - atRequest, 0, prefetch);
    }

    [Fact]
    public async Task A_request_behind_messages_that_failed_and_came_back_is_answered_before_at_most_prefetch_of_them()
    {
        const int prefetch = 8;
        const int failing = 500;
        await using var broker = await servers.VirtualHostAsync();
        await using var caller = await broker.NodeAsync();
        await Task.WhenAll(Enumerable.Range(0, failing).Select(number => caller.Publisher.PublishAsync(new Work(number))));

        var (handled, atAnswer, paused) = (new Counter(), 0, new TaskCompletionSource());
        await using var worker = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = async (_, _) =>
                {
                    if (handled.Add() >= failing)
                    {
                        // Else some of them could have failed for good before the pause.
                        await paused.Task;
                    }

                    throw new InvalidOperationException("told to fail");
                },
                OnAsk = (ask, _) => { atAnswer = handled.Value; return Task.FromResult(new Answer(ask.Number)); },
            },
            options => (options.Concurrency, options.Prefetch) = OneByOne(prefetch));
        await handled.ReachesAsync(failing, "as many attempts as there are messages should have failed");
        await worker.Control().PauseAsync(NodeTopology.Work);
        paused.SetResult();
        await worker.Control().DrainAsync(NodeTopology.Work);
        var atRequest = handled.Value;
        var back = await StandingAsync(broker);
        Assert.True(back > prefetch, $"Messages that failed should be back in the queue, but there are {back}.");
        var answer = caller.Rpc().RequestAsync(new Ask(1));
        await Eventually.TrueAsync(async () => await broker.CountAsync(NodeTopology.Work) == back + 1, "the request should be in the queue");
        await worker.Control().ResumeAsync(NodeTopology.Work);
        await answer;
        Assert.InRange(atAnswer - atRequest, 0, prefetch);
    }

    // On one queue the broker hands out strictly by priority: the same load without the lane lets not one of them through.
    [Fact]
    public async Task Ordinary_messages_progress_in_spite_of_requests_at_full_load_where_these_have_a_lane()
    {
        await using var broker = await servers.VirtualHostAsync();
        var topology = NodeTopology.WithUrgentLane;
        var (handled, answered) = (new Counter(), new Counter());
        await using var worker = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = async (_, _) => { await Task.Delay(5); handled.Add(); },
                OnAsk = async (ask, _) => { await Task.Delay(5); answered.Add(); return new Answer(ask.Number); },
            },
            options => (options.Concurrency, options.Prefetch) = (4, 8),
            topology);
        await using var caller = await broker.NodeAsync(topology);
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 64).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
            {
                await caller.Rpc().RequestAsync(new Ask(1), new() { Timeout = Patience.Limit });
            }
        }).ToList();
        await answered.ReachesAsync(100, "requests should be answered");
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => caller.Publisher.PublishAsync(new Work(number))));
        // The requests go on until then, so there is not a moment without their load.
        await handled.ReachesAsync(1_000, "every ordinary message should be handled beside the requests");
        await end.CancelAsync();
        await Task.WhenAll(callers);
    }

    // More at a time would be begun in this order too, but counted in the order in which the machine gets to them.
    private static (ushort Concurrency, ushort Prefetch) OneByOne(ushort prefetch) => (1, prefetch);

    // The longest retry delay is 0.4 s: when no message waits for its retry any more, all that will come back are back.
    private static async Task<uint> StandingAsync(VirtualHost broker)
    {
        await Eventually.TrueAsync(
            async () => await broker.CountAsync($"{NodeTopology.Work}.retry.1.v3") + await broker.CountAsync($"{NodeTopology.Work}.retry.2.v3") == 0, "every retry should be due");
        return await broker.CountAsync(NodeTopology.Work);
    }
}
