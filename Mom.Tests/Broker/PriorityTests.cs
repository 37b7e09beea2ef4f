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

        var (handled, atRequest, atAnswer) = (0, 0, 0);
        await using var worker = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (_, _) => { Interlocked.Increment(ref handled); return Task.CompletedTask; },
                OnAsk = (ask, _) => { atAnswer = Volatile.Read(ref handled); return Task.FromResult(new Answer(ask.Number)); },
            },
            options => (options.Concurrency, options.Prefetch) = (4, prefetch));
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref handled) > 100), "the worker should be at work");
        await worker.Control().DrainAsync(NodeTopology.Work);
        atRequest = handled;
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

        var (handled, atAnswer) = (0, 0);
        await using var worker = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (_, _) => { Interlocked.Increment(ref handled); throw new InvalidOperationException("told to fail"); },
                OnAsk = (ask, _) => { atAnswer = Volatile.Read(ref handled); return Task.FromResult(new Answer(ask.Number)); },
            },
            options => (options.Concurrency, options.Prefetch) = (4, prefetch));
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref handled) >= failing), "each should have failed once");
        await worker.Control().DrainAsync(NodeTopology.Work);
        var atRequest = handled;
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
        var (handled, answered) = (0, 0);
        await using var worker = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = async (_, _) => { await Task.Delay(5); Interlocked.Increment(ref handled); },
                OnAsk = async (ask, _) => { await Task.Delay(5); Interlocked.Increment(ref answered); return new Answer(ask.Number); },
            },
            options => (options.Concurrency, options.Prefetch) = (4, 8),
            topology);
        await using var caller = await broker.NodeAsync(topology);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var callers = Enumerable.Range(0, 64).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
            {
                await caller.Rpc().RequestAsync(new Ask(1));
            }
        }).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref answered) > 100), "requests should be answered");
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => caller.Publisher.PublishAsync(new Work(number))));
        await Task.WhenAll(callers);
        Assert.Equal(1_000, handled);
    }

    // The longest retry delay is 0.4 s: when no message waits for its retry any more, all that will come back are back.
    private static async Task<uint> StandingAsync(VirtualHost broker)
    {
        await Eventually.TrueAsync(
            async () => await broker.CountAsync($"{NodeTopology.Work}.retry.1") + await broker.CountAsync($"{NodeTopology.Work}.retry.2") == 0, "every retry should be due");
        return await broker.CountAsync(NodeTopology.Work);
    }
}
