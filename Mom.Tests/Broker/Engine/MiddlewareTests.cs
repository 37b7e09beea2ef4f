using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Retries;
using Mom.Messaging.Rpc;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Node.Shop;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Engine;

/// <summary>Code of a user's own around handlers and around what is sent.</summary>
[Trait("Group", "broker")]
public sealed class MiddlewareTests(DataServers servers)
{
    [Fact]
    public async Task Middleware_runs_around_every_kind_of_handler_that_of_the_process_first()
    {
        await using var broker = await servers.VirtualHostAsync();
        var trail = new Trail();
        var batched = new TaskCompletionSource();
        await using var engine = await StartAsync(
            broker,
            trail,
            new Behaviour
            {
                OnWork = (_, _) => trail.AddAsync("handler"),
                OnAsk = async (ask, _) => { await trail.AddAsync("handler"); return new Answer(ask.Number); },
            },
            messaging =>
            {
                messaging.AddConsumer(NodeTopology.Work, options => options.Concurrency = 1).Use<Inner>().Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>();
                messaging.AddConsumer(NodeTopology.Events).HandleBatch<Happened, HappenedBatch>(2, TimeSpan.FromMinutes(1));
                messaging.Services.AddSingleton(batched);
                messaging.Use<Outer>();
            });

        await engine.Publisher.PublishAsync(new Work(1));
        await trail.UntilAsync("outer in 1", "inner in", "handler", "inner out", "outer out");

        Assert.Equal(1_007, (await engine.Rpc().RequestAsync(new Ask(7))).Number);
        await trail.UntilAsync("outer in 1", "inner in", "handler", "inner out", "outer out");

        await engine.Publisher.PublishAsync(new Happened(1));
        await engine.Publisher.PublishAsync(new Happened(2));
        await batched.Task.PatientlyAsync("the batch should be handled");
        await trail.UntilAsync("outer in 2", "outer out");
    }

    [Fact]
    public async Task What_middleware_throws_is_as_if_the_handler_had_thrown_it_and_an_end_without_next_is_a_success()
    {
        await using var broker = await servers.VirtualHostAsync();
        var trail = new Trail();
        await using var engine = await StartAsync(
            broker,
            trail,
            new Behaviour { OnWork = (_, _) => trail.AddAsync("handler"), OnAsk = (ask, _) => Task.FromResult(new Answer(ask.Number)) },
            messaging => messaging.AddConsumer(NodeTopology.Work, options => options.Concurrency = 1).Use<Gate>().Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>());

        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => engine.Rpc().RequestAsync(new Ask(1, "refuse")));
        Assert.Equal("gate.closed", refused.Code);
        Assert.Equal(-1, (await engine.Rpc().RequestAsync(new Ask(2, "answer"))).Number);
        await Assert.ThrowsAsync<RequestFailedException>(() => engine.Rpc().RequestAsync(new Ask(3, "skip"), RpcOptions.Query));

        await engine.Publisher.PublishAsync(new Work(4, "skip"));
        await engine.Publisher.PublishAsync(new Work(5, "dead"));
        await engine.Publisher.PublishAsync(new Work(6));
        await trail.UntilAsync("handler");
        var letter = Assert.Single(await broker.TakeAllAsync($"{NodeTopology.Work}.dead", 1));
        Assert.Equal(5, letter.Number());
        Assert.Equal(nameof(DeadLetterReason.PermanentFailure), letter.Header(MessageHeaders.DeadReason));
        Assert.Equal(0u, await broker.CountAsync($"{NodeTopology.Work}.retry.1.v3"));
    }

    [Fact]
    public async Task What_is_sent_passes_the_middleware_of_publishing_and_what_the_engine_copies_does_not()
    {
        await using var broker = await servers.VirtualHostAsync();
        var trail = new Trail();
        await using var engine = await StartAsync(
            broker,
            trail,
            new Behaviour
            {
                OnWork = (_, context) => context.Attempt == 1 ? throw new InvalidOperationException("once") : trail.AddAsync($"stamped {context.Headers["stamp"]}"),
                OnAsk = (ask, context) => Task.FromResult(new Answer(int.Parse((string)context.Headers["stamp"]!, CultureInfo.InvariantCulture))),
            },
            messaging =>
            {
                messaging.AddConsumer(NodeTopology.Work).Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>();
                messaging.UseOnPublish<Stamp>();
            });

        Assert.Equal(1, (await engine.Rpc().RequestAsync(new Ask(0))).Number);
        await trail.UntilAsync("sends Ask");
        await engine.Publisher.PublishAsync(new Work(0));
        await trail.UntilAsync("sends Work", "stamped 2");
        // As a relay sends it.
        await engine.Publisher.PublishAsync(engine.Services.GetRequiredService<Mom.Messaging.Outbox.IOutboxEnvelopes>().Create(new Note(0)), TestContext.Current.CancellationToken);
        await trail.UntilAsync("sends test.note.v1");
        Assert.Equal("3", (await broker.GetAsync(NodeTopology.Notes))!.Header("stamp"));
    }

    [Fact]
    public async Task A_message_that_is_not_valid_is_not_handled()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var shop = await ShopHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.UseValidation();
                messaging.AddConsumer(new Mom.Messaging.Topology.QueueDefinition("shop.order")).Handle<PlaceOrder, PlaceOrderHandler>();
            });
        await shop.Engine.Publisher.PublishAsync(new PlaceOrder(0));
        var letter = Assert.Single(await broker.TakeAllAsync("shop.order.dead", 1));
        Assert.Contains("Number", letter.Header(MessageHeaders.ExceptionMessage), StringComparison.Ordinal);
        Assert.Empty(shop.Done);
    }

    [Fact]
    public void Without_middleware_there_is_nothing_between_the_engine_and_the_handler()
    {
        var consumer = new ConsumerRegistration(NodeTopology.Default.Queue(NodeTopology.Work), new ConsumerOptions(), new Mom.Messaging.Contracts.MessageVersions(), []);
        Assert.Null(consumer.Middleware);
        Assert.Null(MiddlewareChain.Of([], _ => Task.CompletedTask));
    }

    private static Task<EngineHost> StartAsync(VirtualHost broker, Trail trail, Behaviour behaviour, Action<MessagingBuilder> configure) => EngineHost.StartAsync(
        broker,
        messaging =>
        {
            messaging.Services.AddSingleton(trail);
            messaging.Services.AddSingleton(behaviour);
            configure(messaging);
        },
        NodeTopology.Default,
        contracts: NodeJsonContext.Default);

    private sealed class Trail
    {
        private readonly Changes _changes = new();
        private readonly ConcurrentQueue<string> _steps = new();
        private int _stamps;

        public int Stamp() => Interlocked.Increment(ref _stamps);

        public Task AddAsync(string step)
        {
            _steps.Enqueue(step);
            _changes.Happened();
            return Task.CompletedTask;
        }

        /// <summary>Waits for exactly these steps, and forgets them.</summary>
        public async Task UntilAsync(params string[] steps)
        {
            await _changes.UntilAsync(() => _steps.Count >= steps.Length, () => $"there should be {string.Join(", ", steps)}; there is {string.Join(", ", _steps)}");
            Assert.Equal(steps, _steps);
            _steps.Clear();
        }
    }

    private sealed class Outer(Trail trail) : IHandlingMiddleware
    {
        public async Task InvokeAsync(HandlingContext context, HandlingStep next)
        {
            await trail.AddAsync($"outer in {context.Messages.Count}");
            await next(context);
            context.Reply = context.Reply is Answer answer ? answer with { Number = answer.Number + 1_000 } : context.Reply;
            await trail.AddAsync("outer out");
        }
    }

    private sealed class Inner(Trail trail) : IHandlingMiddleware
    {
        public async Task InvokeAsync(HandlingContext context, HandlingStep next)
        {
            await trail.AddAsync("inner in");
            await next(context);
            await trail.AddAsync("inner out");
        }
    }

    private sealed class Gate : IHandlingMiddleware
    {
        public Task InvokeAsync(HandlingContext context, HandlingStep next)
        {
            var kind = context.Message is Ask ask ? ask.Kind : ((Work)context.Message).Kind;
            context.Reply = kind == "answer" ? new Answer(-1) : null;
            return kind switch
            {
                "refuse" => throw new RefusalException("gate.closed", "The gate is closed."),
                "dead" => throw new PermanentFailureException("never"),
                "skip" or "answer" => Task.CompletedTask,
                _ => next(context),
            };
        }
    }

    private sealed class Stamp(Trail trail) : IPublishingMiddleware
    {
        public async Task InvokeAsync(PublishingContext context, PublishingStep next)
        {
            await trail.AddAsync($"sends {context.Message?.GetType().Name ?? context.Envelope.Type}");
            context.SetHeader("stamp", $"{trail.Stamp()}");
            await next(context);
        }
    }

    private sealed class HappenedBatch(TaskCompletionSource done) : IBatchHandler<Happened>
    {
        public Task HandleAsync(IReadOnlyList<Delivered<Happened>> messages, CancellationToken cancellationToken)
        {
            done.SetResult();
            return Task.CompletedTask;
        }
    }
}
