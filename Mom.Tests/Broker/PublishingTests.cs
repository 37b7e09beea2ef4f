using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Tests.Broker.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class PublishingTests(DataServers servers)
{
    private static readonly MathStep Step = new(Guid.NewGuid(), 0, "add", ["1", "2"]);

    [Fact]
    public async Task What_is_confirmed_is_in_the_queue_with_all_its_properties()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker);
        var id = Guid.NewGuid();

        await engine.Publisher.PublishAsync(Step, new PublishOptions { MessageId = id });

        var message = await broker.GetAsync(MomQueues.MathSteps);
        Assert.Equal(id.ToString(), message!.BasicProperties.MessageId);
        Assert.Equal("math.step.v1", message.BasicProperties.Type);
        Assert.Equal(DeliveryModes.Persistent, message.BasicProperties.DeliveryMode);
        Assert.Equal("application/json", message.BasicProperties.ContentType);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(10, 10)]
    [InlineData(255, 10)]
    public async Task Priority_is_never_0_and_at_most_10(byte asked, byte sent)
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker);

        await engine.Publisher.PublishAsync(Step, new PublishOptions { Priority = asked });

        var message = await broker.GetAsync(MomQueues.MathSteps);
        Assert.True(message!.BasicProperties.IsPriorityPresent(), "The broker should be told a priority with every message.");
        Assert.Equal(sent, message.BasicProperties.Priority);
    }

    [Fact]
    public async Task Without_a_queue_it_is_an_error_that_says_so()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker);
        await broker.DeleteQueueAsync(MomQueues.MathSteps);

        var error = await Assert.ThrowsAsync<MessageUnroutableException>(() => engine.Publisher.PublishAsync(Step));

        Assert.Contains("No queue takes 'math.step.v1'", error.Message, StringComparison.Ordinal);
        Assert.Contains(MomQueues.MathSteps, error.Message, StringComparison.Ordinal);
        engine.AssertNothingInFlight();
    }

    [Fact]
    public async Task Without_its_exchange_a_message_is_unroutable_and_the_publisher_goes_on()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker);
        await using (var connection = await broker.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.ExchangeDeleteAsync(MomTopology.EventExchange);
        }

        await Assert.ThrowsAsync<MessageUnroutableException>(() => engine.Publisher.PublishAsync(Events.JobChanged()));

        for (var each = 0; each < 8; each++)
        {
            await engine.Publisher.PublishAsync(Step);
        }

        engine.AssertNothingInFlight();
    }

    [Fact]
    public async Task A_full_queue_refuses_and_the_error_says_what_to_do()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker);
        await broker.SetPolicyAsync(MomQueues.MathSteps, new() { ["max-length"] = 1, ["overflow"] = "reject-publish" });

        var error = await Assert.ThrowsAsync<MessageRefusedException>(async () =>
        {
            // The policy takes effect a moment after it was set.
            for (var each = 0; each < 10_000; each++)
            {
                await engine.Publisher.PublishAsync(Step);
            }
        });

        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        engine.AssertNothingInFlight();
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_it_harms_others()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker, publisher: new PublisherOptions { MaxBodyBytes = 100 });

        var error = await Assert.ThrowsAsync<MessageTooLargeException>(
            () => engine.Publisher.PublishAsync(Step with { Numbers = [new string('1', 101)] }));

        Assert.Contains("100 are allowed", error.Message, StringComparison.Ordinal);
        Assert.Null(await broker.GetAsync(MomQueues.MathSteps));
    }

    [Fact]
    public async Task A_thousand_confirms_may_be_outstanding_at_once()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker, publisher: new PublisherOptions { Window = 100 });

        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(step => engine.Publisher.PublishAsync(Step with { Step = step })));

        Assert.Equal(1_000u, await broker.CountAsync(MomQueues.MathSteps));
        engine.AssertNothingInFlight();
    }
}
