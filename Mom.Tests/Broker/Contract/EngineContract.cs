using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Connections;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Node.Shop;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker.Contract;

/// <summary>What the engine does for a handler, whatever the broker is: the same tests on RabbitMQ and on the broker of the test harness.</summary>
public abstract partial class EngineContract
{
    private const string Dead = $"{NodeTopology.Work}.dead";

    private readonly Trail _trail = new();
    private readonly Behaviour _behaviour = new();

    private protected abstract Task<IContractHost> StartAsync(ContractSetup setup);

    [Fact]
    public async Task A_command_is_handled_once()
    {
        _behaviour.OnWork = Note;
        await using var host = await WorkerAsync();

        await Publisher(host).PublishAsync(new Work(1));
        await Publisher(host).PublishAsync(new Work(2));

        await _trail.ReachesAsync(2);
        await host.EndAsync();
        Assert.Equal(["work 1 attempt 1", "work 2 attempt 1"], _trail.Steps.Order());
    }

    [Fact]
    public async Task An_event_goes_to_every_consumer_that_subscribes()
    {
        await using var host = await StartAsync(messaging =>
        {
            messaging.AddConsumer(NodeTopology.Events).Handle<Happened, HappenedHandler>();
            messaging.AddConsumer(new QueueDefinition("test.audit") { EventPatterns = ["#"] }).Handle<Happened, HappenedHandler>();
            messaging.AddConsumer(new QueueDefinition("test.others") { EventPatterns = ["other.*"] }).Handle<Happened, HappenedHandler>();
        });

        await Publisher(host).PublishAsync(new Happened(1));

        await _trail.ReachesAsync(2);
        await host.EndAsync();
        Assert.Equal(["happened 1 in test.audit", "happened 1 in test.events"], _trail.Steps.Order());
    }

    [Fact]
    public async Task A_message_that_no_queue_takes_is_an_error_of_the_sender()
    {
        await using var host = await StartAsync(_ => { }, new BrokerTopology("test.commands", "test.topics", []));

        await Assert.ThrowsAsync<MessageUnroutableException>(() => Publisher(host).PublishAsync(new Happened(1)));
        await Assert.ThrowsAsync<MessageUnroutableException>(() => Publisher(host).PublishAsync(new Work(1)));
    }

    [Fact]
    public async Task A_request_is_answered_refused_or_failed()
    {
        _behaviour.OnAsk = (ask, _) => ask.Kind switch
        {
            "refuse" => throw new RefusalException("ask.refused", "Not today."),
            "fail" => throw new PermanentFailureException("broken"),
            _ => Task.FromResult(new Answer(ask.Number + 1)),
        };
        await using var host = await WorkerAsync();

        Assert.Equal(2, (await Rpc(host).RequestAsync(new Ask(1))).Number);
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => Rpc(host).RequestAsync(new Ask(1, "refuse")));
        Assert.Equal("ask.refused", refused.Code);
        await Assert.ThrowsAsync<RequestFailedException>(() => Rpc(host).RequestAsync(new Ask(1, "fail")));
        Assert.Equal("PermanentFailure", (await host.TakeAsync(Dead, 1))[0].Header(MessageHeaders.DeadReason));
    }

    [Fact]
    public async Task A_request_that_nobody_answers_times_out_and_expires()
    {
        await using var host = await StartAsync(_ => { });

        var request = Rpc(host).RequestAsync(new Ask(1), RpcOptions.Query with { Timeout = TimeSpan.FromSeconds(1) });
        await host.PassAsync(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<RequestTimeoutException>(() => request.PatientlyAsync("the request should time out"));
        // Its priority is the highest: were it still there it would be the first.
        await Publisher(host).PublishAsync(new Work(2));
        Assert.Equal(2, (await host.TakeAsync(NodeTopology.Work, 1))[0].Number());
    }

    [Fact]
    public async Task A_message_that_fails_is_tried_again_after_its_delays_and_then_a_dead_letter()
    {
        _behaviour.OnWork = (work, context) =>
        {
            _ = Note(work, context);
            throw new InvalidOperationException("told to fail");
        };
        await using var host = await WorkerAsync();

        await Publisher(host).PublishAsync(new Work(7), new PublishOptions { Priority = 3 });
        await host.PassAsync(TimeSpan.FromSeconds(2));

        var dead = (await host.TakeAsync(Dead, 1))[0];
        Assert.Equal(["work 7 attempt 1", "work 7 attempt 2", "work 7 attempt 3"], _trail.Steps);
        Assert.Equal(("AttemptsExhausted", "3", "told to fail"), (dead.Header(MessageHeaders.DeadReason), dead.Header(MessageHeaders.Attempt), dead.Header(MessageHeaders.ExceptionMessage)));
        Assert.Equal((NodeTopology.Work, (byte)3, 7), (dead.Header(MessageHeaders.OriginQueue), dead.BasicProperties.Priority, dead.Number()));
    }

    [Fact]
    public async Task The_policy_for_a_failure_says_what_becomes_of_a_message()
    {
        _behaviour.OnWork = (work, context) =>
        {
            _ = Note(work, context);
            throw work.Kind switch { "late" => new TimeoutException(), "bad" => new FormatException("bad"), _ => new OperationCanceledException("stale") };
        };
        await using var host = await WorkerAsync(consumer => consumer
            .OnFailure<TimeoutException>(policy => policy.Immediately(1).After(TimeSpan.FromSeconds(1)))
            .OnFailure<FormatException>(policy => policy.DeadLetter())
            .OnFailure<OperationCanceledException>(policy => policy.Discard()));

        await Publisher(host).PublishAsync(new Work(1, "stale"));
        await _trail.ReachesAsync(1);
        await Publisher(host).PublishAsync(new Work(2, "bad"));
        Assert.Equal((2, "PermanentFailure"), Of((await host.TakeAsync(Dead, 1))[0]));
        await Publisher(host).PublishAsync(new Work(3, "late"));
        await host.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal((3, "AttemptsExhausted"), Of((await host.TakeAsync(Dead, 1))[0]));

        Assert.Equal(
            ["work 1 attempt 1", "work 2 attempt 1", "work 3 attempt 1", "work 3 attempt 1", "work 3 attempt 2", "work 3 attempt 2"], _trail.Steps);

        static (int Number, string? Reason) Of(BasicGetResult message) => (message.Number(), message.Header(MessageHeaders.DeadReason));
    }

    [Fact]
    public async Task What_a_handler_sends_has_the_correlation_tenant_and_headers_of_its_message_also_after_a_retry()
    {
        var id = Guid.NewGuid();
        _behaviour.OnWork = (_, context) => context.Attempt == 1 ? throw new InvalidOperationException("once") : context.PublishAsync(new Note(1));
        await using var host = await StartAsync(messaging =>
        {
            AddWorker(messaging);
            messaging.PropagateHeaders("source");
        });

        await Publisher(host).PublishAsync(new Work(1), new PublishOptions
        {
            MessageId = id,
            CorrelationId = "order-4711",
            Tenant = "acme",
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["source"] = "import", ["own"] = "1" },
        });
        await host.PassAsync(TimeSpan.FromSeconds(1));

        var note = (await host.TakeAsync(NodeTopology.Notes, 1))[0];
        Assert.Equal(
            ("order-4711", id.ToString(), "acme", "import", (string?)null),
            (note.Header(MessageHeaders.Correlation), note.Header(MessageHeaders.Causation), note.Header(MessageHeaders.Tenant), note.Header("source"), note.Header("own")));
    }

    [Fact]
    public async Task What_is_more_urgent_is_handled_before_what_came_first()
    {
        var (begun, go) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _behaviour.OnWork = async (work, context) =>
        {
            begun.TrySetResult();
            await go.Task;
            await Note(work, context);
        };
        await using var host = await WorkerAsync(options: options => (options.Concurrency, options.Prefetch) = (1, 1));

        await Publisher(host).PublishAsync(new Work(0));
        await begun.Task.PatientlyAsync("the first should be handled");
        foreach (var (number, priority) in new (int, byte)[] { (1, 1), (2, 5), (3, 9), (4, 5) })
        {
            await Publisher(host).PublishAsync(new Work(number), new PublishOptions { Priority = priority });
        }

        go.SetResult();
        await _trail.ReachesAsync(5);
        Assert.Equal(["work 0 attempt 1", "work 3 attempt 1", "work 2 attempt 1", "work 4 attempt 1", "work 1 attempt 1"], _trail.Steps);
    }

    [Fact]
    public async Task A_delayed_message_comes_at_its_time_and_a_short_delay_is_not_behind_a_long_one()
    {
        await using var host = await StartAsync(messaging => messaging.AddConsumer(NodeTopology.Notes).Handle<Note, NoteHandler>());
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();

        await Publisher(host).PublishAsync(new Note(3), new PublishOptions { Delay = TimeSpan.FromSeconds(3) });
        await Publisher(host).PublishAsync(new Note(1), new PublishOptions { DeliverAt = now.AddSeconds(1) });
        await Publisher(host).PublishAsync(new Note(0), new PublishOptions { DeliverAt = now.AddDays(-1) });
        await host.PassAsync(TimeSpan.FromSeconds(4));

        await _trail.ReachesAsync(3);
        Assert.Equal(["note 0", "note 1", "note 3"], _trail.Steps);
    }

    [Fact]
    public async Task A_message_that_waited_for_too_long_is_dropped()
    {
        await using var host = await StartAsync(_ => { });

        await Publisher(host).PublishAsync(new Note(1), new PublishOptions { TimeToLive = TimeSpan.FromMilliseconds(1) });
        await Publisher(host).PublishAsync(new Note(2), new PublishOptions { TimeToLive = TimeSpan.FromHours(1) });
        await host.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await host.TakeAsync(NodeTopology.Notes, 1))[0].Number());
    }

    [Fact]
    public async Task Middleware_runs_in_the_order_in_which_it_was_added()
    {
        _behaviour.OnWork = (_, context) =>
        {
            _trail.Add("handler");
            return context.PublishAsync(new Note(1));
        };
        await using var host = await StartAsync(messaging =>
        {
            messaging.Use<Outer>().UseOnPublish<Stamp>();
            messaging.AddConsumer(NodeTopology.Work).Use<Inner>().Handle<Work, WorkHandler>();
        });

        await Publisher(host).PublishAsync(new Work(1));

        await _trail.ReachesAsync(7);
        Assert.Equal(["sends test.work.v1", "outer in", "inner in", "handler", "sends test.note.v1", "inner out", "outer out"], _trail.Steps);
        Assert.Equal("seen", (await host.TakeAsync(NodeTopology.Notes, 1))[0].Header("stamp"));
    }

    [Fact]
    public async Task What_is_not_valid_is_not_handled()
    {
        await using var host = await StartAsync(messaging =>
        {
            messaging.Services.AddSingleton<Till>();
            messaging.UseValidation();
            messaging.AddConsumer(new QueueDefinition("shop.order") { RetryDelays = [TimeSpan.FromHours(1)] }).Handle<PlaceOrder, PlaceOrderHandler>();
        });

        await Publisher(host).PublishAsync(new PlaceOrder(0));

        var dead = (await host.TakeAsync("shop.order.dead", 1))[0];
        Assert.Equal("PermanentFailure", dead.Header(MessageHeaders.DeadReason));
        Assert.Contains("Number", dead.Header(MessageHeaders.ExceptionMessage), StringComparison.Ordinal);
        Assert.Empty(host.Services.GetRequiredService<Till>().All);
    }

    [Theory]
    [InlineData("test.work.v1", "{", "MalformedBody")]
    [InlineData("test.work.v999", "{}", "UnknownType")]
    public async Task What_cannot_be_read_or_is_of_no_known_type_is_a_dead_letter_at_once(string type, string body, string reason)
    {
        _behaviour.OnWork = Note;
        await using var host = await WorkerAsync();
        await using var connection = await host.Services.GetRequiredService<IConnectionFactory>().CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();

        var properties = new BasicProperties { Type = type, MessageId = Guid.NewGuid().ToString() };
        await channel.BasicPublishAsync(NodeTopology.Default.CommandExchange, NodeTopology.Work, mandatory: true, properties, System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal(reason, (await host.TakeAsync(Dead, 1))[0].Header(MessageHeaders.DeadReason));
        Assert.Empty(_trail.Steps);
    }

    [Fact]
    public async Task A_batch_is_what_came_until_it_is_full_or_its_time_is_over()
    {
        await using var host = await StartAsync(messaging =>
            messaging.AddConsumer(NodeTopology.Work, options => options.Concurrency = 1).HandleBatch<Work, WorkBatch>(2, TimeSpan.FromMilliseconds(500)));

        foreach (var number in Enumerable.Range(1, 3))
        {
            await Publisher(host).PublishAsync(new Work(number));
        }

        await _trail.ReachesAsync(1);
        await host.PassAsync(TimeSpan.FromSeconds(1));
        await _trail.ReachesAsync(2);
        Assert.Equal(["batch of 2", "batch of 1"], _trail.Steps);
    }

    [Fact]
    public async Task A_message_whose_consumer_is_lost_comes_again_as_the_same_attempt()
    {
        var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _behaviour.OnWork = async (work, context) =>
        {
            await Note(work, context);
            if (_trail.Steps.Count == 1)
            {
                await hangs.Task;
            }
        };
        await using var host = await WorkerAsync();
        await Publisher(host).PublishAsync(new Work(1));
        await _trail.ReachesAsync(1);

        await host.Services.GetRequiredService<BrokerConnections>().Consume.Require().CloseAsync(320, "cut by the test", TimeSpan.FromSeconds(1), abort: true, CancellationToken.None);

        await _trail.ReachesAsync(2);
        hangs.SetResult();
        Assert.Equal(["work 1 attempt 1", "work 1 attempt 1"], _trail.Steps);
    }

    private protected Task<IContractHost> StartAsync(Action<MessagingBuilder> configure, BrokerTopology? topology = null) => StartAsync(new ContractSetup(
        messaging =>
        {
            messaging.Services.AddSingleton(_trail);
            messaging.Services.AddSingleton(_behaviour);
            configure(messaging);
        },
        topology));

    private Task<IContractHost> WorkerAsync(Action<ConsumerBuilder>? consumer = null, Action<ConsumerOptions>? options = null) =>
        StartAsync(messaging => AddWorker(messaging, consumer, options));

    private static void AddWorker(MessagingBuilder messaging, Action<ConsumerBuilder>? consumer = null, Action<ConsumerOptions>? options = null)
    {
        var added = messaging.AddConsumer(NodeTopology.Work, options).Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>();
        consumer?.Invoke(added);
    }

    private Task Note(Work work, MessageContext context)
    {
        _trail.Add($"work {work.Number} attempt {context.Attempt}");
        return Task.CompletedTask;
    }

    private static IMessagePublisher Publisher(IContractHost host) => host.Services.GetRequiredService<IMessagePublisher>();

    private static IRpcClient Rpc(IContractHost host) => host.Services.GetRequiredService<IRpcClient>();
}
