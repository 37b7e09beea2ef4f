using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Retries;
using Mom.Messaging.Rpc;
using Mom.Messaging.Testing;
using Mom.Messaging.Topology;
using Mom.Tests.Node;
using Mom.Tests.Node.Shop;
using Mom.Tests.Support;

namespace Mom.Tests.Unit.Messaging.Harness;

/// <summary>What the test harness itself promises: expectations that wait for no time, a time that only the test moves, and failures that say what happened.</summary>
[Trait("Group", "unit")]
public sealed class HarnessTests
{
    private readonly Behaviour _behaviour = new();

    [Fact]
    public async Task An_expectation_returns_the_one_message_that_there_is()
    {
        await using var harness = await ShopAsync();

        await harness.PublishAsync(new PlaceOrder(7), new PublishOptions { CorrelationId = "order-7", Tenant = "acme" });

        var placed = await harness.Published<OrderPlaced>();
        Assert.Equal((7, "shop.order.placed", "order-7", "acme"), (placed.Message.Number, placed.Destination, placed.CorrelationId, placed.Tenant));
        var handled = await harness.Handled<PlaceOrder>();
        Assert.Equal((placed.CausationId, "shop.order", 1), (handled.Delivery.MessageId, handled.Delivery.Queue, handled.Delivery.Attempt));
        await harness.Failed<PlaceOrder>().Never();
        await harness.DeadLettered<object>().Never();
    }

    [Fact]
    public async Task An_expectation_that_is_not_met_fails_at_once_and_says_what_happened()
    {
        _behaviour.OnWork = (_, _) => throw new InvalidOperationException("the stock is empty");
        await using var harness = await NodeAsync();
        await harness.PublishAsync(new Work(7));
        await harness.PublishAsync(new Note(8));

        var failure = await Assert.ThrowsAsync<ExpectationException>(async () => await harness.Published<Happened>().Where(happened => happened.Message.Number == 7));

        Assert.StartsWith("Expected one Happened to be published where happened => happened.Message.Number == 7, and found 0.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("""+00:00:00.000  published     Work {"number":7,"kind":"good"} to test.work""", failure.Message, StringComparison.Ordinal);
        Assert.Contains("from test.work, attempt 1 of 3: InvalidOperationException: the stock is empty", failure.Message, StringComparison.Ordinal);
        Assert.Contains("""Work {"number":7,"kind":"good"} in test.work.retry.1.v3. AdvanceAsync moves the time""", failure.Message, StringComparison.Ordinal);
        Assert.Contains("""waits in test.notes, which nothing consumes: Note {"number":8}""", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_one_is_a_failure_too_and_a_number_can_be_expected()
    {
        await using var harness = await ShopAsync();
        await harness.PublishAsync(new PlaceOrder(1));
        await harness.PublishAsync(new PlaceOrder(2));

        var failure = await Assert.ThrowsAsync<ExpectationException>(async () => await harness.Handled<PlaceOrder>());
        Assert.Contains("found 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], (await harness.Handled<PlaceOrder>().Times(2)).Select(handled => handled.Message.Number).Order());
        Assert.Equal(2, (await harness.Handled<PlaceOrder>().Where(handled => handled.Message.Number == 2)).Message.Number);
        await Assert.ThrowsAsync<ExpectationException>(() => harness.Published<OrderPlaced>().Never());
        Assert.Empty(await harness.Published<PayV1>().All());
    }

    [Fact]
    public async Task Time_moves_over_retries_one_by_one_to_the_dead_letter()
    {
        _behaviour.OnWork = (_, _) => throw new InvalidOperationException("told to fail");
        await using var harness = await NodeAsync(topology: NodeTopology.Default with
        {
            Queues = [new(NodeTopology.Work) { RetryDelays = [TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)] }],
        });
        var started = harness.Time.GetUtcNow();
        await harness.PublishAsync(new Work(7));
        await harness.Failed<Work>();

        await harness.AdvanceAsync(TimeSpan.FromSeconds(59));
        await harness.Failed<Work>().Times(1);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(14));
        await harness.Failed<Work>().Times(2);
        var passed = await harness.AdvanceToEndAsync();

        var attempts = await harness.Failed<Work>().Times(3);
        Assert.Equal([1, 2, 3], attempts.Select(attempt => attempt.Delivery.Attempt));
        // Each delay has up to 20 % of jitter.
        Assert.InRange(attempts[1].At - started, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.2));
        Assert.InRange(attempts[2].At - attempts[1].At, TimeSpan.FromDays(1), TimeSpan.FromDays(1.2));
        Assert.InRange(passed, TimeSpan.FromHours(23), TimeSpan.FromDays(1.2));
        var dead = await harness.DeadLettered<Work>();
        Assert.Equal((7, NodeTopology.Work, DeadLetterReason.AttemptsExhausted, 3, "told to fail"), (dead.Message!.Number, dead.Queue, dead.Reason, dead.Attempts, dead.ExceptionMessage));
    }

    [Fact]
    public async Task A_message_for_next_year_comes_next_year()
    {
        await using var harness = await NodeAsync();
        var due = harness.Time.GetUtcNow().AddYears(1);
        await harness.PublishAsync(new Work(1, "good"), new PublishOptions { DeliverAt = due });

        var published = await harness.Published<Work>();
        Assert.Equal((due, NodeTopology.Work), (published.DeliverAt, published.Destination));
        await harness.AdvanceAsync(due - harness.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        await harness.Handled<Work>().Never();
        await harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(due, (await harness.Handled<Work>()).At);
    }

    [Fact]
    public async Task A_handler_that_waits_for_a_reply_that_never_comes_fails_when_its_time_is_over()
    {
        _behaviour.OnWork = async (_, context) => await Services().GetRequiredService<IRpcClient>().RequestAsync(new AskPrice(1), RpcOptions.Query with { Timeout = TimeSpan.FromSeconds(10) }, context.CancellationToken);
        await using var harness = _harness = await NodeAsync(new HarnessOptions { OtherQueues = ["shop.price"] });

        await harness.PublishAsync(new Work(1));
        await harness.Requested<AskPrice>();
        await harness.Failed<Work>().Never();
        await harness.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.IsType<RequestTimeoutException>((await harness.Failed<Work>()).Exception);
    }

    [Fact]
    public async Task A_handler_that_gives_up_a_request_leaves_the_harness_as_it_was()
    {
        using var impatience = new CancellationTokenSource();
        _behaviour.OnWork = async (work, context) =>
        {
            if (work.Number == 1)
            {
                await Services().GetRequiredService<IRpcClient>().RequestAsync(new AskPrice(1), cancellationToken: impatience.Token);
            }

            await context.PublishAsync(new Note(work.Number));
        };
        await using var harness = _harness = await NodeAsync(new HarnessOptions { OtherQueues = ["shop.price"] });

        await harness.PublishAsync(new Work(1));
        await harness.Requested<AskPrice>();
        await impatience.CancelAsync();
        await Eventually.TrueAsync(async () => (await harness.Failed<Work>().All()).Count == 1, "the handler should fail");
        // Were it not counted as work again, what follows would be looked for too soon.
        foreach (var number in Enumerable.Range(2, 50))
        {
            await harness.PublishAsync(new Work(number));
            Assert.Equal(number, (await harness.Published<Note>().Where(note => note.Message.Number == number)).Message.Number);
        }
    }

    [Fact]
    public async Task A_handler_can_ask_another_process_of_the_harness()
    {
        _behaviour.OnWork = async (_, context) =>
        {
            var price = await Services().GetRequiredService<IRpcClient>().RequestAsync(new AskPrice(21), cancellationToken: context.CancellationToken);
            await context.PublishAsync(new Note((int)price.Amount));
        };
        await using var harness = _harness = await NodeAsync();
        await harness.AddProcessAsync(services => services.AddMessaging(NodeTopology.Default, NodeJsonContext.Default)
            .AddConsumer(new QueueDefinition("shop.price")).Answer<AskPrice, Price, AskPriceHandler>());

        await harness.PublishAsync(new Work(1));

        Assert.Equal(42, (await harness.Published<Note>()).Message.Number);
        Assert.Equal(42m, (await harness.Replied<Price>()).Message.Amount);
        Assert.IsType<Price>((await harness.Handled<AskPrice>()).Reply);
    }

    [Fact]
    public async Task A_request_of_the_test_is_answered_or_refused()
    {
        _behaviour.OnAsk = (ask, _) => ask.Kind == "refuse" ? throw new RefusalException("ask.refused", "Not today.") : Task.FromResult(new Answer(ask.Number));
        await using var harness = await NodeAsync();

        Assert.Equal(3, (await harness.RequestAsync(new Ask(3))).Number);
        await Assert.ThrowsAsync<RequestRefusedException>(() => harness.RequestAsync(new Ask(4, "refuse")));

        Assert.Equal("ask.refused", (await harness.Handled<Ask>().Where(handled => handled.Message.Number == 4)).Refusal!.Code);
        await harness.Replied<Refusal>();
        await harness.Requested<Ask>().Times(2);
    }

    [Fact]
    public async Task A_handler_that_hangs_is_given_up_by_the_time_that_the_test_moves()
    {
        var (begun, forever) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _behaviour.OnWork = async (_, context) =>
        {
            begun.TrySetResult();
            await forever.Task.WaitAsync(context.CancellationToken);
        };
        await using var harness = await NodeAsync(new HarnessOptions { Patience = TimeSpan.FromMilliseconds(50) });
        await harness.PublishAsync(new Work(1));
        await begun.Task.PatientlyAsync("the handler should be called");

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => harness.AdvanceAsync(TimeSpan.FromMinutes(5)));
        Assert.Contains("Time.Advance", failure.Message, StringComparison.Ordinal);
        Assert.Contains("published     Work", failure.Message, StringComparison.Ordinal);
        harness.Time.Advance(new ConsumerOptions().HandlerTimeout);

        await Eventually.TrueAsync(async () => (await Record.ExceptionAsync(harness.IdleAsync)) is null, "the handler should be given up");
        Assert.IsType<TaskCanceledException>((await harness.Failed<Work>()).Exception);
        await harness.Published<Note>().Never();
        forever.SetResult();
    }

    [Fact]
    public async Task What_goes_to_services_that_take_no_part_is_kept_and_can_be_expected()
    {
        await using var harness = await MessagingHarness.StartAsync(
            services => services.AddMessaging("shop", NodeJsonContext.Default), new HarnessOptions { OtherQueues = [NodeTopology.Work], OtherTopics = ["test.#"] });

        await harness.PublishAsync(new Work(1));
        await harness.PublishAsync(new Happened(2));

        Assert.Equal(NodeTopology.Work, (await harness.Published<Work>()).Destination);
        Assert.Equal(2, (await harness.Published<Happened>()).Message.Number);
        await Assert.ThrowsAsync<MessageUnroutableException>(() => harness.PublishAsync(new OrderPlaced(3)));
    }

    [Fact]
    public async Task What_schedules_itself_for_ever_is_said_and_not_waited_for()
    {
        _behaviour.OnWork = (work, context) => context.PublishAsync(work with { Number = work.Number + 1 }, new PublishOptions { Delay = TimeSpan.FromSeconds(1) });
        await using var harness = await NodeAsync(new HarnessOptions { MostSteps = 20 });
        await harness.PublishAsync(new Work(0));

        await harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(11, (await harness.Handled<Work>().All()).Count);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(harness.AdvanceToEndAsync);
        Assert.Contains("schedules itself again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_cannot_work_is_refused_with_the_sentence_of_the_engine()
    {
        var without = await Assert.ThrowsAsync<InvalidOperationException>(() => MessagingHarness.StartAsync(_ => { }));
        Assert.Contains("AddMessaging", without.Message, StringComparison.Ordinal);
        var idle = await Assert.ThrowsAsync<InvalidOperationException>(() => MessagingHarness.StartAsync(services => services.AddMessaging(NodeTopology.Default, NodeJsonContext.Default).AddConsumer(NodeTopology.Work)));
        Assert.Contains("has no handlers", idle.Message, StringComparison.Ordinal);
    }

    private MessagingHarness? _harness;

    private IServiceProvider Services() => _harness!.Services;

    private Task<MessagingHarness> NodeAsync(HarnessOptions? options = null, BrokerTopology? topology = null) => MessagingHarness.StartAsync(
        services =>
        {
            services.AddSingleton(_behaviour);
            services.AddMessaging(topology ?? NodeTopology.Default, NodeJsonContext.Default).AddConsumer(NodeTopology.Work).Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>();
        },
        options);

    private static Task<MessagingHarness> ShopAsync() => MessagingHarness.StartAsync(services =>
    {
        services.AddSingleton<Till>();
        services.AddMessaging("shop").AddHandlersFrom(typeof(PlaceOrder).Assembly, handlers => handlers.Where = type => type == typeof(PlaceOrderHandler) || type == typeof(OrderPlacedHandler));
    });
}
