using System.Collections.Concurrent;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

/// <summary>What fails through no fault of the message costs it no attempt.</summary>
[Trait("Group", "broker")]
public sealed class HeldMessageTests(DataServers servers)
{
    [Fact]
    public async Task What_the_try_before_the_outage_published_in_vain_is_no_fault_of_the_one_after_it()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (gate, attempts) = (new TestGate(), new ConcurrentQueue<int>());
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = async (_, context) =>
                {
                    attempts.Enqueue(context.Attempt);
                    if (attempts.Count == 1)
                    {
                        await Assert.ThrowsAsync<MessageUnroutableException>(() => context.PublishAsync(new Note(1)));
                    }

                    gate.Use();
                },
            },
            gate: gate);
        await broker.DeleteQueueAsync(NodeTopology.Notes);
        await engine.Publisher.PublishAsync(new Work(1));
        await gate.Held.Task.PatientlyAsync("the message should be held");
        gate.Back.SetResult();

        await Eventually.TrueAsync(() => Task.FromResult(Status(engine).Handled == 1), "the message should be handled");
        Assert.Equal([1, 1], attempts);
        Assert.Equal(0, Status(engine).Failed);
    }

    [Fact]
    public async Task A_drain_in_an_outage_gives_back_what_is_held_and_suspects_nobody()
    {
        await using var broker = await servers.VirtualHostAsync();
        using var meter = new MeterReader();
        var (gate, begun, handled) = (new TestGate(), new Counter(), new TaskCompletionSource<MessageContext>());
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (_, context) =>
                {
                    begun.Add();
                    gate.Use();
                    handled.TrySetResult(context);
                    return Task.CompletedTask;
                },
            },
            gate: gate);
        await engine.Publisher.PublishAsync(new Work(1));
        await begun.ReachesAsync(1, "the message should be begun");
        await engine.Control().DrainAsync(NodeTopology.Work).PatientlyAsync("a drain should not wait for the end of the outage");
        Assert.Equal(1u, await broker.CountAsync(NodeTopology.Work));

        gate.Back.SetResult();
        await engine.Control().ResumeAsync(NodeTopology.Work);
        Assert.Equal(1, (await handled.Task.PatientlyAsync("the message should be handled after the outage")).Attempt);
        Assert.Equal(0, meter.Count("mom.messaging.suspects"));
    }

    [Fact]
    public async Task A_failure_that_no_message_can_cause_costs_no_attempt_however_often_it_comes()
    {
        const int failures = 5;
        await using var broker = await servers.VirtualHostAsync();
        var (attempts, handled) = (new ConcurrentQueue<int>(), new TaskCompletionSource());
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (_, context) =>
                {
                    attempts.Enqueue(context.Attempt);
                    if (attempts.Count <= failures)
                    {
                        throw new TimeoutException("somebody else holds the lock");
                    }

                    handled.SetResult();
                    return Task.CompletedTask;
                },
            },
            gate: new TestGate { Uncharged = exception => exception is TimeoutException ? int.MaxValue : 0 });
        await engine.Publisher.PublishAsync(new Work(1));
        await handled.Task.PatientlyAsync("the message should be handled in the end");
        Assert.Equal(Enumerable.Repeat(1, failures + 1), attempts);
    }

    [Fact]
    public async Task A_failure_that_a_message_may_cause_is_charged_when_it_came_too_often()
    {
        await using var broker = await servers.VirtualHostAsync();
        var attempts = new ConcurrentQueue<int>();
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (_, context) =>
                {
                    attempts.Enqueue(context.Attempt);
                    throw new TimeoutException("the statement takes too long");
                },
            },
            gate: new TestGate { Uncharged = _ => 2 });
        await engine.Publisher.PublishAsync(new Work(1));
        var dead = (await broker.TakeAllAsync("test.work.dead", 1))[0];
        Assert.Equal([1, 1, 1, 2, 3], attempts);
        Assert.Equal("3", dead.Header(MessageHeaders.Attempt));
    }

    private static ConsumerStatus Status(EngineHost engine) => engine.Control().Consumers.Single(consumer => consumer.Queue == NodeTopology.Work);
}
