using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Outbox;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Durable;
using Mom.Tests.Node;
using RabbitMQ.Client;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class OptionsAtStartTests
{
    public static TheoryData<PublisherOptions, string> Publishers => new()
    {
        { new() { Channels = 0 }, "PublisherOptions.Channels is 0. Set it to 1 to 64." },
        { new() { Window = 0 }, "PublisherOptions.Window is 0." },
        { new() { ConfirmTimeout = TimeSpan.Zero }, "PublisherOptions.ConfirmTimeout is 00:00:00." },
        { new() { MaxBodyBytes = 0 }, "PublisherOptions.MaxBodyBytes is 0." },
    };

    public static TheoryData<Action<ConsumerOptions>, string> Consumers => new()
    {
        { options => options.Concurrency = 0, "Concurrency of the consumer of 'test.work' is 0. Set it to 1 to 1000." },
        { options => options.Prefetch = 0, "Prefetch of the consumer of 'test.work' is 0." },
        { options => options.MaxCrashes = 0, "MaxCrashes of the consumer of 'test.work' is 0." },
        { options => options.SilenceLimit = TimeSpan.Zero, "SilenceLimit of the consumer of 'test.work' is 00:00:00." },
        { options => options.HoldLimit = TimeSpan.Zero, "HoldLimit of the consumer of 'test.work' is 00:00:00." },
        { options => options.HandlerTimeout = TimeSpan.Zero, "HandlerTimeout of the consumer of 'test.work' is 00:00:00." },
        { options => options.HandlerTimeout = Timeout.InfiniteTimeSpan, "HandlerTimeout of the consumer of 'test.work' is -00:00:00.0010000." },
        { options => options.HandlerGrace = TimeSpan.FromHours(2), "HandlerGrace of the consumer of 'test.work' is 02:00:00. Set it to 00:00:00 to 01:00:00." },
    };

    [Theory]
    [MemberData(nameof(Publishers))]
    public async Task Options_of_the_publisher_that_cannot_work_are_refused_at_start(PublisherOptions options, string sentence) =>
        await RefusedAsync(services => services.AddSingleton(options), sentence);

    [Fact]
    public async Task Options_of_the_outbox_that_cannot_work_are_refused_at_start() =>
        await RefusedAsync(services => services.AddSingleton(new OutboxOptions { PollInterval = TimeSpan.Zero }), "OutboxOptions.PollInterval is 00:00:00.");

    [Theory]
    [MemberData(nameof(Consumers))]
    public void Options_of_a_consumer_that_cannot_work_are_refused(Action<ConsumerOptions> configure, string sentence) =>
        Assert.StartsWith(sentence, Assert.Throws<ArgumentOutOfRangeException>(() => Messaging(new ServiceCollection()).AddConsumer(NodeTopology.Work, configure)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_second_consumer_of_one_queue_and_a_second_handler_of_one_message_are_refused()
    {
        var messaging = Messaging(new ServiceCollection());
        var consumer = messaging.AddConsumer(NodeTopology.Work).Handle<Work, WorkHandler>();
        Assert.Contains("'test.work' has a consumer", Assert.Throws<InvalidOperationException>(() => messaging.AddConsumer(NodeTopology.Work)).Message, StringComparison.Ordinal);
        Assert.Contains("Work has a handler", Assert.Throws<InvalidOperationException>(() => consumer.Handle<Work, WorkHandler>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consumer_without_handlers_is_refused_at_start() =>
        await RefusedAsync(_ => { }, "The consumer of 'test.work' has no handlers", messaging => messaging.AddConsumer(NodeTopology.Work));

    [Fact]
    public async Task A_handler_that_needs_a_unit_of_work_is_refused_at_start_where_there_is_none() => await RefusedAsync(
        _ => { },
        "WithdrawHandler answers 'Withdraw' in a unit of work, and there is none",
        messaging => messaging.AddConsumer(NodeTopology.Work).Answer<Withdraw, Balance, WithdrawHandler>());

    [Fact]
    public async Task A_topology_that_contradicts_itself_is_refused_at_start()
    {
        await RefusedAsync(_ => { }, "The topology has two queues 'a'", topology: NodeTopology.Default with { Queues = [new("a"), new("a")] });
        await RefusedAsync(_ => { }, "A RetryDelay of 'a' is 00:00:00", topology: NodeTopology.Default with { Queues = [new("a") { RetryDelays = [TimeSpan.Zero] }] });
    }

    private static MessagingBuilder Messaging(IServiceCollection services, BrokerTopology? topology = null)
    {
        services.AddSingleton<IConnectionFactory>(new ConnectionFactory());
        return services.AddMessaging(topology ?? NodeTopology.Default, NodeJsonContext.Default);
    }

    private static async Task RefusedAsync(Action<IServiceCollection> configure, string sentence, Action<MessagingBuilder>? consume = null, BrokerTopology? topology = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        configure(builder.Services);
        var messaging = Messaging(builder.Services, topology);
        consume?.Invoke(messaging);
        using var host = builder.Build();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.StartsWith(sentence, error.Message, StringComparison.Ordinal);
    }
}
