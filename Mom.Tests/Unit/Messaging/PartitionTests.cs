using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Topology;
using Mom.Tests.Node;
using RabbitMQ.Client;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class PartitionTests
{
    private static readonly QueueDefinition Orders = new("orders") { Partitions = 3, RetryDelays = [TimeSpan.FromSeconds(1)] };

    // Calculated by another program. Changed values would give keys to other partitions while messages of the versions before are waiting.
    [Theory]
    [InlineData("", 8, 2)]
    [InlineData("a", 8, 2)]
    [InlineData("abc", 8, 7)]
    [InlineData("order-4711", 8, 3)]
    [InlineData("order-4711", 5, 1)]
    [InlineData("order-4711", 256, 219)]
    [InlineData("order-4711", 1, 0)]
    [InlineData("Größe 日本", 16, 9)]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964ff", 12, 8)]
    public void A_key_has_the_same_partition_for_ever(string key, int partitions, int expected) => Assert.Equal(expected, Partition.Of(key, partitions));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(256)]
    public void Keys_are_spread_evenly(int partitions)
    {
        var counts = new int[partitions];
        foreach (var number in Enumerable.Range(0, 1_000 * partitions))
        {
            counts[Partition.Of($"customer-{number}", partitions)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 800, 1_200));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void Another_number_of_partitions_is_refused(int partitions) => Assert.Throws<ArgumentOutOfRangeException>(() => Partition.Of("a", partitions));

    [Fact]
    public void A_queue_with_partitions_consists_of_them_their_marks_and_its_dead_letters()
    {
        Assert.Equal(["orders.p0", "orders.p1", "orders.p2"], Orders.WorkQueues);
        Assert.Equal(["orders.members", "orders.p0.suspect", "orders.p1.suspect", "orders.p2.suspect"], Orders.SupportQueues);
        Assert.Equal(["orders", "orders.p0", "orders.p1", "orders.p2"], Orders.RoutingKeys);
        Assert.Empty(Orders.RetryQueues);
        Assert.Equal("orders.dead", Orders.DeadLetterQueue);
    }

    [Fact]
    public void A_queue_without_partitions_is_as_it_was()
    {
        var plain = new QueueDefinition("plain") { RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)] };
        Assert.Equal(["plain", "plain.suspects", "plain.solo"], plain.WorkQueues);
        Assert.Empty(plain.SupportQueues);
        Assert.Equal(["plain"], plain.RoutingKeys);
        Assert.Equal(["plain.retry.1.v3", "plain.retry.2.v3"], plain.RetryQueues);
    }

    [Fact]
    public void A_message_goes_to_the_partition_of_its_key_and_one_without_a_key_or_from_a_sender_who_knows_no_partitions_to_the_first()
    {
        var topology = new BrokerTopology("commands", "events", [Orders]);
        Assert.Equal($"orders.p{Partition.Of("ann", 3)}", topology.RoutingKeyFor("orders", "ann"));
        Assert.Equal("orders.p0", topology.RoutingKeyFor("orders", null));
        Assert.Equal("others", topology.RoutingKeyFor("others", "ann"));
    }

    public static TheoryData<QueueDefinition, string> Refused => new()
    {
        { Orders with { Partitions = 257 }, "Partitions of 'orders' is 257. Set it to 0 to 256." },
        { Orders with { UrgentLane = true }, "'orders' has partitions and an urgent lane" },
        { Orders with { EventPatterns = ["order.*"] }, "'orders' has partitions and subscribes to events" },
        { Orders with { RetryDelays = [TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3)] }, "The sum of the retry delays of 'orders', which has partitions, is 00:06:00." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_keep_an_order_is_refused_at_start(QueueDefinition queue, string sentence)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<IConnectionFactory>(new ConnectionFactory());
        builder.Services.AddMessaging(new BrokerTopology("commands", "events", [queue]), NodeJsonContext.Default);
        using var host = builder.Build();
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Action<MessagingBuilder>, string> RefusedConsumers => new()
    {
        { messaging => messaging.AddConsumer("orders", options => options.MaxConcurrentPerKey = 2), "'orders' has partitions: the messages of a key are handled one at a time." },
        { messaging => messaging.AddConsumer("orders", options => options.MaxConcurrentPerTenant = 2), "The consumer of 'orders' counts by key and by tenant." },
        { messaging => messaging.AddConsumer("orders").HandleBatch<Work, NoBatch>(2, TimeSpan.Zero), "Work is handled in batches, and 'orders' counts its messages by their keys" },
        { messaging => messaging.AddConsumer("orders").OnFailure<TimeoutException>(policy => policy.After(TimeSpan.FromHours(1))), "The sum of the retry delays of 'orders'" },
    };

    [Theory]
    [MemberData(nameof(RefusedConsumers))]
    public void A_consumer_that_cannot_keep_an_order_is_refused(Action<MessagingBuilder> add, string sentence)
    {
        var messaging = new ServiceCollection().AddMessaging(new BrokerTopology("commands", "events", [Orders]), NodeJsonContext.Default);
        Assert.StartsWith(sentence, Assert.ThrowsAny<Exception>(() => add(messaging)).Message, StringComparison.Ordinal);
    }

    private sealed class NoBatch : IBatchHandler<Work>
    {
        public Task HandleAsync(IReadOnlyList<Delivered<Work>> messages, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
