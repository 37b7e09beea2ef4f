using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker;

/// <summary>Handlers that never end: their messages go on, their places are given back, and there is one effect.</summary>
[Trait("Group", "broker")]
public sealed class HandlerTimeoutTests(DataServers servers)
{
    private static readonly Action<ConsumerOptions> Impatient = options =>
        (options.Concurrency, options.Prefetch, options.HandlerTimeout, options.HandlerGrace) = (1, 1, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(0.1));

    [Fact]
    public async Task A_handler_that_ends_with_its_token_has_failed_and_its_message_is_tried_again()
    {
        await using var broker = await servers.VirtualHostAsync();
        var second = new TaskCompletionSource<MessageContext>();
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (_, context) =>
                {
                    if (context.Attempt == 1)
                    {
                        return Task.Delay(Timeout.Infinite, context.CancellationToken);
                    }

                    second.TrySetResult(context);
                    return Task.CompletedTask;
                },
            },
            options => options.HandlerTimeout = TimeSpan.FromSeconds(0.3));
        await engine.Publisher.PublishAsync(new Work(1));

        var context = await second.Task.PatientlyAsync("the message should be tried again");
        Assert.Equal((2, typeof(HandlerTimeoutException).FullName), (context.Attempt, context.Headers[MessageHeaders.ExceptionType]));
        Assert.Contains("did not end within 0.3 s", (string)context.Headers[MessageHeaders.ExceptionMessage]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NodeTopology.Work)]
    [InlineData(NodeTopology.Work + ".suspects")]
    [InlineData(NodeTopology.Work + ".solo")]
    public async Task A_handler_that_ignores_its_token_is_abandoned_and_its_message_is_settled_once(string queue)
    {
        await using var broker = await servers.VirtualHostAsync();
        using var meter = new MeterReader();
        using var release = new ManualResetEventSlim();
        var (late, handled) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new Counter());
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = async (work, context) =>
                {
                    if (work.Number == 1 && context.Attempt == 1)
                    {
                        // Its thread with it: nothing else can be done on it.
                        release.Wait(CancellationToken.None);
                        var published = await Record.ExceptionAsync(() => context.PublishAsync(new Note(100)));
                        late.SetResult();
                        Assert.NotNull(published);
                        return;
                    }

                    await context.PublishAsync(new Note(work.Number));
                    handled.Add();
                },
            },
            Impatient);
        foreach (var number in (int[])[1, 2])
        {
            await engine.Publisher.PublishAsync(
                new Envelope(NodeTopology.Default.CommandExchange, queue, "test.work.v1", Guid.NewGuid(), 1, System.Text.Encoding.UTF8.GetBytes($$"""{"number":{{number}}}""")),
                CancellationToken.None);
        }

        // While the first attempt is still running.
        await handled.ReachesAsync(2, "both messages should be handled, the one that hung by its second attempt");
        Assert.Equal([1, 2], (await broker.TakeAllAsync(NodeTopology.Notes, 2)).Select(note => note.Number()).Order());
        Assert.Equal(1, engine.Control().Consumers[0].Stuck);
        Assert.Equal((1, 1), (meter.Sum("mom.messaging.handlers.timed_out"), meter.Sum("mom.messaging.handlers.abandoned")));

        release.Set();
        await late.Task.PatientlyAsync("the abandoned handler should end");
        await Eventually.TrueAsync(() => Task.FromResult(engine.Control().Consumers[0].Stuck == 0), "the abandoned handler should be forgotten");
        await engine.Control().DrainAsync(NodeTopology.Work);
        Assert.Equal((2, 1), (engine.Control().Consumers[0].Handled, engine.Control().Consumers[0].Failed));
        Assert.Equal(0, meter.Sum("mom.messaging.handlers.abandoned"));
        Assert.Null(await broker.GetAsync(NodeTopology.Notes));
        foreach (var other in (string[])[.. NodeTopology.Default.Queue(NodeTopology.Work).WorkQueues, "test.work.dead"])
        {
            Assert.Equal(0u, await broker.CountAsync(other));
        }
    }

    [Fact]
    public async Task A_handler_that_commits_after_it_was_abandoned_and_the_next_attempt_have_one_effect()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var hooks = new HandlerHooks();
        hooks.BeforeCommit = () => hooks.Calls == 1 ? hooks.CalledAsync(2, "the message should be tried again") : Task.CompletedTask;
        var committed = new Counter();
        hooks.AfterCommit = () =>
        {
            committed.Add();
            return Task.CompletedTask;
        };
        await using var engine = await EngineHost.StartAsync(broker, messaging =>
        {
            messaging.WithOutbox(database);
            messaging.Services.AddSingleton(hooks);
            messaging.AddConsumer(MomQueues.MathSteps, options => (options.HandlerTimeout, options.HandlerGrace) = (TimeSpan.FromSeconds(1), TimeSpan.Zero))
                .Handle<MathStep, StubbornHandler>();
        });
        await engine.Publisher.PublishAsync(OutboxTests.Step(0));
        await committed.ReachesAsync(2, "both attempts should end");
        await engine.Control().DrainAsync(MomQueues.MathSteps);

        Assert.Equal(1, await database.CountAsync("effects"));
        Assert.Equal((2, 0u), (hooks.Calls, await broker.CountAsync(MomQueues.MathSteps) + await broker.CountAsync($"{MomQueues.MathSteps}.dead")));
    }

    [Fact]
    public async Task The_time_that_a_message_is_held_for_a_server_that_is_unavailable_is_not_the_handlers()
    {
        await using var broker = await servers.VirtualHostAsync();
        var time = new FakeTimeProvider();
        var gate = new TestGate();
        var attempts = new ConcurrentQueue<int>();
        var handled = new Counter();
        await using var engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton<TimeProvider>(time);
                messaging.Services.AddSingleton<IOutageGate>(gate);
                messaging.Services.AddSingleton(new Behaviour
                {
                    OnWork = (_, context) =>
                    {
                        attempts.Enqueue(context.Attempt);
                        gate.Use();
                        handled.Add();
                        return Task.CompletedTask;
                    },
                });
                messaging.AddConsumer(NodeTopology.Work, options => options.HoldLimit = TimeSpan.FromHours(3)).Handle<Work, WorkHandler>();
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);
        await engine.Publisher.PublishAsync(new Work(1));
        await gate.Held.Task.PatientlyAsync("the message should be held");
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal((1, 0), (engine.Control().Consumers[0].InFlight, engine.Control().Consumers[0].Stuck));
        gate.Back.SetResult();

        await handled.ReachesAsync(1, "the message should be handled after the outage");
        Assert.Equal([1, 1], attempts);
    }

    [Fact]
    public async Task A_handler_that_exceeds_its_time_does_not_hide_that_its_consumer_fell_silent()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (begun, end, handled) = (new Counter(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new Counter());
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (work, _) =>
                {
                    if (begun.Add() == 1)
                    {
                        return end.Task;
                    }

                    handled.Add();
                    return Task.CompletedTask;
                },
            },
            // It is waited for all the same: that alone would hide it.
            options => (options.HandlerTimeout, options.HandlerGrace, options.SilenceLimit) = (TimeSpan.FromSeconds(0.3), TimeSpan.FromHours(1), TimeSpan.FromSeconds(1)));
        await engine.Publisher.PublishAsync(new Work(1));
        await begun.ReachesAsync(1, "the message should be at work");
        await engine.Services.GetRequiredService<QueueConsumer>().Lanes.First().Session!.FallSilentAsync();
        await engine.Publisher.PublishAsync(new Work(2));

        await handled.ReachesAsync(1, "the next message should be handled by a consumer in place of the silent one");
        end.SetResult();
    }

    [Fact]
    public async Task Of_a_batch_that_hangs_each_message_is_handled_alone()
    {
        await using var broker = await servers.VirtualHostAsync();
        var calls = new ConcurrentQueue<int>();
        await using var engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton(calls);
                messaging.AddConsumer(NodeTopology.Work, Impatient).HandleBatch<Work, HangingBatches>(2, TimeSpan.FromSeconds(30));
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);
        await engine.Publisher.PublishAsync(new Work(1));
        await engine.Publisher.PublishAsync(new Work(2));

        Assert.Equal([1, 2], (await broker.TakeAllAsync(NodeTopology.Notes, 2)).Select(note => note.Number()));
        Assert.Equal([2, 1, 1], calls);
        await engine.Control().DrainAsync(NodeTopology.Work);
        Assert.Equal((2, 0, 0u), (engine.Control().Consumers[0].Handled, engine.Control().Consumers[0].Failed, await broker.CountAsync(NodeTopology.Work)));
    }

    private sealed class HangingBatches(ConcurrentQueue<int> calls) : IBatchHandler<Work>
    {
        public async Task HandleAsync(IReadOnlyList<Delivered<Work>> messages, CancellationToken cancellationToken)
        {
            calls.Enqueue(messages.Count);
            await Task.Delay(messages.Count > 1 ? Timeout.Infinite : 0, cancellationToken);
            await messages[0].Context.PublishAsync(new Note(messages[0].Message.Number));
        }
    }

    /// <summary>Like <see cref="EffectHandler"/>, but deaf to its token.</summary>
    private sealed class StubbornHandler(MomDbContext database, UnitOfWork work, HandlerHooks hooks) : IMessageHandler<MathStep>
    {
        public async Task HandleAsync(MathStep message, MessageContext context, CancellationToken cancellationToken)
        {
            hooks.Called(context);
            await work.RunOnceAsync(
                context,
                async () =>
                {
                    await database.Database.ExecuteSqlAsync($"insert into effects (message_id, text) values ({context.MessageId}, {message.Method})", CancellationToken.None);
                    await hooks.BeforeCommit();
                },
                CancellationToken.None);
            await hooks.AfterCommit();
        }
    }
}
