using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class ConsumerControlTests(DataServers servers)
{
    [Fact]
    public async Task A_paused_consumer_receives_nothing_until_it_is_resumed()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.WorkerAsync(new Behaviour());
        await engine.ConsumingAsync();
        await engine.Control().PauseAsync(NodeTopology.Work);
        Assert.Equal(ConsumerState.Paused, Status(engine).State);

        await engine.Publisher.PublishAsync(new Work(1));
        Assert.Equal(1u, await broker.CountAsync(NodeTopology.Work));
        await engine.Control().ResumeAsync(NodeTopology.Work);
        Assert.Equal(ConsumerState.Consuming, Status(engine).State);
        await broker.TakeAllAsync(NodeTopology.Notes, 1);
        // What was begun has its outcome at the end of a drain.
        await engine.Control().DrainAsync(NodeTopology.Work);
        Assert.Equal((1, 0), (Status(engine).Handled, Status(engine).Failed));
        Assert.NotNull(Status(engine).LastDelivery);
    }

    [Fact]
    public async Task A_drain_waits_for_what_is_being_handled_and_leaves_the_rest()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (begun, end) = (new Counter(), new TaskCompletionSource());
        await using var engine = await broker.WorkerAsync(
            new Behaviour { OnWork = (_, _) => { begun.Add(); return end.Task; } },
            options => (options.Concurrency, options.Prefetch) = (2, 10));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => engine.Publisher.PublishAsync(new Work(number))));
        await begun.ReachesAsync(2, "both places should be taken");

        // Until the pause is complete, a place that becomes free is taken by the next message.
        await engine.Control().PauseAsync(NodeTopology.Work);
        Assert.Equal(ConsumerState.Draining, Status(engine).State);
        var drain = engine.Control().DrainAsync(NodeTopology.Work);
        Assert.False(drain.IsCompleted);
        Assert.Equal(2, Status(engine).InFlight);
        end.SetResult();
        await drain;
        Assert.Equal(ConsumerState.Paused, Status(engine).State);
        await Eventually.TrueAsync(async () => await broker.CountAsync(NodeTopology.Work) == 8, "8 messages should be back in their queue");
    }

    [Fact]
    public async Task Nothing_is_begun_once_a_drain_is_over()
    {
        const int Rounds = 10;
        const int EachRound = 200;
        await using var broker = await servers.VirtualHostAsync();
        var begun = new Counter();
        await using var engine = await broker.WorkerAsync(
            new Behaviour { OnWork = async (_, _) => { begun.Add(); await Task.Yield(); } },
            options => (options.Concurrency, options.Prefetch) = (4, 20));
        await engine.Control().PauseAsync(NodeTopology.Work);
        for (var round = 1; round <= Rounds; round++)
        {
            // In each, so that there is something to handle however much those before it got done.
            await Task.WhenAll(Enumerable.Range(0, EachRound).Select(number => engine.Publisher.PublishAsync(new Work(number))));
            var before = begun.Value;
            await engine.Control().ResumeAsync(NodeTopology.Work);
            await begun.ReachesAsync(before + 1, "messages should be handled again");
            await engine.Control().DrainAsync(NodeTopology.Work);
            var (handled, left) = (begun.Value, 0L);
            await Eventually.TrueAsync(
                async () => (left = await broker.CountAsync(NodeTopology.Work) + await broker.CountAsync("test.work.suspects")) == (EachRound * round) - handled,
                () => $"all but the {handled} messages that were begun before the end of drain {round} should be left, but there are {left}");
            // A drain gives back what was not begun. It is no crash, and nothing is charged with one.
            Assert.Equal(0u, await broker.CountAsync("test.work.solo"));
        }

        Assert.Equal((begun.Value, 0), (Status(engine).Handled, Status(engine).Failed));
    }

    [Fact]
    public async Task A_consumer_that_fell_silent_is_replaced()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.WorkerAsync(new Behaviour(), options => options.SilenceLimit = TimeSpan.FromSeconds(1));
        await engine.ConsumingAsync();
        var lane = engine.Services.GetRequiredService<QueueConsumer>().Lanes.First();
        var session = lane.Session!;
        await session.FallSilentAsync();

        await engine.Publisher.PublishAsync(new Work(1));
        await broker.TakeAllAsync(NodeTopology.Notes, 1);
        Assert.NotSame(session, lane.Session);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_consumer_that_was_replaced()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.WorkerAsync(new Behaviour());
        await engine.ConsumingAsync();
        var lane = engine.Services.GetRequiredService<QueueConsumer>().Lanes.First();
        var (session, token) = Weakly(lane.Session!);
        await engine.CutConsumerAsync();
        await Eventually.TrueAsync(() => Task.FromResult(lane.Session is not null && !ReferenceEquals(lane.Session, session.Target)), "there should be another session");

        await Eventually.TrueAsync(
            () =>
            {
                GC.Collect();
                return Task.FromResult(!session.IsAlive && !token.IsAlive);
            },
            () => $"nothing should hold the old session (which is {(session.IsAlive ? "held" : "free")}) and its tokens ({(token.IsAlive ? "held" : "free")})");

        // In a method of its own: a local of this one would hold them.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference Session, WeakReference Token) Weakly(ConsumerSession session) => (new(session), new(Settle(session)));
    }

    [Fact]
    public async Task A_consumer_whose_queue_was_deleted_declares_it_again()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.WorkerAsync(new Behaviour());
        await engine.ConsumingAsync();
        await broker.DeleteQueueAsync(NodeTopology.Work);
        await UntilAsync(engine, ConsumerState.Reconnecting);
        await engine.ConsumingAsync();
        await engine.Publisher.PublishAsync(new Work(1));
        await broker.TakeAllAsync(NodeTopology.Notes, 1);
    }

    [Fact]
    public async Task What_was_given_back_is_not_charged()
    {
        await using var broker = await servers.VirtualHostAsync();
        var headers = new TaskCompletionSource<string?>();
        var begun = new Counter();
        await using (var first = await broker.WorkerAsync(new Behaviour { OnWork = (_, context) => { begun.Add(); return Task.Delay(Timeout.Infinite, context.CancellationToken); } }))
        {
            await first.Publisher.PublishAsync(new Work(1));
            await begun.ReachesAsync(1, "the message should be at work");
            await first.CutConsumerAsync();
        }

        await using var second = await broker.WorkerAsync(new Behaviour
        {
            OnWork = (_, context) =>
            {
                headers.TrySetResult(string.Join(',', context.Headers.Keys.Where(key => key.StartsWith("mom-", StringComparison.Ordinal))));
                return Task.CompletedTask;
            },
        });
        await headers.Task.PatientlyAsync("the message should be delivered again");
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_settle")]
    private static extern ref CancellationTokenSource Settle(ConsumerSession session);

    private static ConsumerStatus Status(EngineHost engine) => Assert.Single(engine.Control().Consumers);

    private static Task UntilAsync(EngineHost engine, ConsumerState state) =>
        Eventually.TrueAsync(() => Task.FromResult(Status(engine).State == state), $"the consumer should be {state}");
}
