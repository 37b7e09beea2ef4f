using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class RpcTests(DataServers servers)
{
    // What it takes away from a worker that gives no answer. From a broker that is well a confirm takes a hundredth of it.
    private static readonly RpcOptions Brief = new() { Timeout = TimeSpan.FromSeconds(2) };
    private static readonly RpcOptions BriefQuery = Brief with { ExpiresWithCaller = true };

    [Fact]
    public async Task A_request_is_answered_and_knows_until_when_it_is_waited_for()
    {
        await using var broker = await servers.VirtualHostAsync();
        MessageContext? seen = null;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero));
        await using var engine = await broker.WorkerAsync(new Behaviour { OnAsk = (ask, context) => { seen = context; return Task.FromResult(new Answer(ask.Number)); } }, time: clock);
        Assert.Equal(7, (await engine.Rpc().RequestAsync(new Ask(7))).Number);
        Assert.Equal(clock.GetUtcNow() + RpcOptions.Command.Timeout, seen!.Deadline);
        Assert.Equal(10, seen.Priority);
        AssertNothingPending(engine);
    }

    [Fact]
    public async Task A_refusal_and_a_crash_come_back_as_errors_of_their_own()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.WorkerAsync(new Behaviour
        {
            OnAsk = (ask, _) => throw (ask.Number == 1 ? new RefusalException("test.no", "No.") : new InvalidOperationException("secret")),
        });
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => engine.Rpc().RequestAsync(new Ask(1)));
        Assert.Equal("test.no", refused.Code);
        var failed = await Assert.ThrowsAsync<RequestFailedException>(() => engine.Rpc().RequestAsync(new Ask(2), RpcOptions.Query));
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
        // A command is tried again, and its caller does not wait for that.
        await Assert.ThrowsAsync<RequestDeferredException>(() => engine.Rpc().RequestAsync(new Ask(3)));
        AssertNothingPending(engine);
    }

    [Fact]
    public async Task Without_an_answer_in_time_there_is_an_error_and_the_late_reply_is_counted_and_dropped()
    {
        await using var broker = await servers.VirtualHostAsync();
        var go = new TaskCompletionSource();
        var late = new TaskCompletionSource();
        using var meter = Listen("mom.messaging.rpc.late_replies", late);
        await using var engine = await broker.WorkerAsync(new Behaviour { OnAsk = async (ask, _) => { await go.Task; return new Answer(ask.Number); } });
        await Assert.ThrowsAsync<RequestTimeoutException>(() => engine.Rpc().RequestAsync(new Ask(1), Brief));
        AssertNothingPending(engine);
        go.SetResult();
        await late.Task.PatientlyAsync("the late reply should be counted");
        Assert.Equal(2, (await engine.Rpc().RequestAsync(new Ask(2))).Number);
    }

    [Fact]
    public async Task A_query_expires_with_its_caller_in_the_queue_and_in_the_hands_of_a_busy_worker()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (busy, go, asked, expired) = (new Counter(), new TaskCompletionSource(), new List<int>(), new TaskCompletionSource());
        var clock = new FakeTimeProvider();
        using var meter = Listen("mom.messaging.rpc.expired", expired);
        await using var caller = await broker.NodeAsync();
        await using (var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (_, _) => { busy.Add(); return go.Task; },
                OnAsk = (ask, _) => { asked.Add(ask.Number); return Task.FromResult(new Answer(ask.Number)); },
            },
            options => (options.Concurrency, options.Prefetch) = (1, 2),
            time: clock))
        {
            await caller.Publisher.PublishAsync(new Work(1));
            await busy.ReachesAsync(1, "the worker should be busy");
            clock.Advance(TimeSpan.FromSeconds(1));
            // The first is handed out to the worker, the second stays in the queue and is dropped by the broker.
            await Task.WhenAll(
                Assert.ThrowsAsync<RequestTimeoutException>(() => caller.Rpc().RequestAsync(new Ask(1), BriefQuery)),
                Assert.ThrowsAsync<RequestTimeoutException>(() => caller.Rpc().RequestAsync(new Ask(2), BriefQuery)));
            await Eventually.TrueAsync(async () => await broker.CountAsync(NodeTopology.Work) == 0, "the second request should have expired in its queue");
            Assert.Equal(clock.GetUtcNow(), engine.Control().Consumers[0].LastDelivery);
            // The worker measures from the delivery, which is later than the caller's call: by its own clock the first expires now.
            clock.Advance(BriefQuery.Timeout);
            go.SetResult();
            await expired.Task.PatientlyAsync("the request at the worker should expire");
            Assert.Equal(3, (await caller.Rpc().RequestAsync(new Ask(3), RpcOptions.Query)).Number);
        }

        Assert.Equal([3], asked);
    }

    [Fact]
    public async Task A_command_outlives_its_caller()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using (var caller = await NodeProcess.StartAsync(broker, "caller", "good"))
        {
            await Eventually.TrueAsync(async () => await broker.CountAsync(NodeTopology.Work) == 1, "the request should be in its queue");
            await caller.KillAsync();
        }

        var asked = new TaskCompletionSource<int>();
        await using var engine = await broker.WorkerAsync(new Behaviour { OnAsk = (ask, _) => { asked.TrySetResult(ask.Number); return Task.FromResult(new Answer(ask.Number)); } });
        Assert.Equal(1, await asked.Task.PatientlyAsync("the request should be handled"));
        // The reply to nobody harms nobody.
        Assert.Equal(2, (await engine.Rpc().RequestAsync(new Ask(2))).Number);
        Assert.Equal(0u, await broker.CountAsync("test.work.dead"));
    }

    [Fact]
    public async Task When_the_worker_dies_the_caller_is_told_in_time_and_another_worker_takes_over()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var caller = await broker.NodeAsync();
        await using (var worker = await NodeProcess.StartAsync(broker, "worker"))
        {
            var query = caller.Rpc().RequestAsync(new Ask(1, "stuck"), Brief);
            await worker.SaysAsync("stuck");
            await worker.KillAsync();
            await Assert.ThrowsAsync<RequestTimeoutException>(() => query);
        }

        await using var other = await broker.WorkerAsync(new Behaviour { OnAsk = (ask, _) => Task.FromResult(new Answer(ask.Number)) });
        Assert.Equal(2, (await caller.Rpc().RequestAsync(new Ask(2))).Number);
        AssertNothingPending(caller);
    }

    [Fact]
    public async Task When_the_connection_of_the_reply_is_lost_the_caller_is_told_at_once_and_the_next_request_is_answered()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (begun, never) = (new Counter(), new TaskCompletionSource<Answer>());
        await using var worker = await broker.WorkerAsync(new Behaviour { OnAsk = (ask, _) => { begun.Add(); return ask.Number == 1 ? never.Task : Task.FromResult(new Answer(ask.Number)); } });
        await using var caller = await broker.NodeAsync();
        var request = caller.Rpc().RequestAsync(new Ask(1), new RpcOptions { Timeout = TimeSpan.FromMinutes(5) });
        await begun.ReachesAsync(1, "the request should be handled");
        await caller.CutConsumerAsync();
        await Assert.ThrowsAsync<RequestTimeoutException>(() => request.PatientlyAsync("the caller should be told"));
        never.SetResult(new Answer(1));

        await Eventually.TrueAsync(() => Task.FromResult(caller.Services.GetRequiredService<ReplyConsumer>().Queue is not null), "the reply consumer should be back");
        Assert.Equal(2, (await caller.Rpc().RequestAsync(new Ask(2))).Number);
    }

    [Fact]
    public async Task A_request_that_is_begun_while_the_reply_queue_is_replaced_is_answered_by_the_new_one()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var worker = await broker.WorkerAsync(new Behaviour { OnAsk = (ask, _) => Task.FromResult(new Answer(ask.Number)) });
        var time = new HookedTime();
        await using var caller = await EngineHost.StartAsync(
            broker, messaging => messaging.Services.AddSingleton<TimeProvider>(time), NodeTopology.Default, contracts: NodeJsonContext.Default);
        var replies = caller.Services.GetRequiredService<ReplyConsumer>();
        var before = replies.Queue;
        Assert.NotNull(before);
        // The request's deadline is the last that is asked for before it is sent.
        time.AtNextLook.Value = () =>
        {
            _ = caller.CutConsumerAsync();
            Assert.True(SpinWait.SpinUntil(() => replies.Queue is { } queue && queue != before, Patience.Limit), "There should be another reply queue.");
        };

        Assert.Equal(1, (await caller.Rpc().RequestAsync(new Ask(1))).Number);
        AssertNothingPending(caller);
    }

    [Fact]
    public async Task A_request_that_the_broker_does_not_confirm_is_told_from_one_that_nobody_answers()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var caller = await broker.NodeAsync();
        using (broker.Freeze())
        {
            await Assert.ThrowsAsync<ConfirmTimeoutException>(() => caller.Rpc().RequestAsync(new Ask(1), Brief));
        }

        AssertNothingPending(caller);
    }

    private static void AssertNothingPending(EngineHost engine) => Assert.Equal(0, engine.Services.GetRequiredService<PendingRequests>().Count);

    private sealed class HookedTime : TimeProvider
    {
        public AsyncLocal<Action?> AtNextLook { get; } = new();

        public override DateTimeOffset GetUtcNow()
        {
            var action = AtNextLook.Value;
            AtNextLook.Value = null;
            action?.Invoke();
            return base.GetUtcNow();
        }
    }

    private static MeterListener Listen(string instrument, TaskCompletionSource counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, self) =>
            {
                if (string.Equals(published.Meter.Name, MessagingActivities.SourceName, StringComparison.Ordinal) && string.Equals(published.Name, instrument, StringComparison.Ordinal))
                    self.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => counted.TrySetResult());
        listener.Start();
        return listener;
    }
}
