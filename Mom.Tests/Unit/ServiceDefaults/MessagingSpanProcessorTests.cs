using System.Diagnostics;
using Mom.ServiceDefaults.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Mom.Tests.Unit.ServiceDefaults;

[Trait("Group", "unit")]
public sealed class MessagingSpanProcessorTests
{
    [Theory]
    [InlineData("publish amq.gen-JzTY20BRgKO-HjmUJj0wLg", "publish replies")]
    [InlineData("deliver mom.reply.api.0f3c", "deliver replies")]
    [InlineData("publish amq.rabbitmq.reply-to.g1h2AAVyYWJiaXRAbG9jYWxob3N0", "publish replies")]
    [InlineData("fetch (empty) amq.gen-JzTY20BRgKO-HjmUJj0wLg", "fetch (empty) replies")]
    [InlineData("publish db.commands", "publish db.commands")]
    [InlineData("publish", "publish")]
    public void A_span_is_not_named_after_a_reply_queue(string clients, string expected)
        => Assert.Equal(expected, Process(clients).DisplayName);

    [Fact]
    public void Spans_of_other_libraries_are_left_alone()
    {
        using var source = new ActivitySource("Some.Library");

        var span = Process("publish amq.gen-JzTY", source, ("messaging.operation.type", "send"));

        Assert.Equal("publish amq.gen-JzTY", span.DisplayName);
        Assert.Null(span.GetTagItem("messaging.operation"));
    }

    [Theory]
    [InlineData("send", "publish")]
    [InlineData("process", "process")]
    [InlineData("receive", "receive")]
    public void The_former_name_of_the_operation_is_added_for_the_dashboard(string type, string expected)
        => Assert.Equal(expected, Process("publish q", ("messaging.operation.type", type)).GetTagItem("messaging.operation"));

    [Fact]
    public void A_delivery_is_told_from_the_handling_below_it()
    {
        using var own = new ActivitySource("Mom.Messaging");

        var delivery = Process("deliver q", ("messaging.operation.type", "process"), ("messaging.operation.name", "deliver"));
        var handling = Process("process q", own, ("messaging.operation.type", "process"), ("messaging.operation.name", "process"));

        Assert.Equal("deliver", delivery.GetTagItem("messaging.operation"));
        Assert.Equal("process", handling.GetTagItem("messaging.operation"));
    }

    [Theory]
    [InlineData("amq.default", "db.commands", "db.commands")]
    [InlineData("amq.default", "amq.gen-JzTY", "replies")]
    [InlineData("mom.events", "job.finished", "mom.events:job.finished")]
    [InlineData("mom.events", "", "mom.events")]
    public void A_destination_is_told_by_its_exchange_and_its_key(string exchange, string routingKey, string expected)
    {
        var span = Process(
            "publish x", ("messaging.destination.name", exchange), ("messaging.rabbitmq.destination.routing_key", routingKey));

        Assert.Equal(expected, span.GetTagItem("messaging.destination.name"));
    }

    private static Activity Process(string name, params (string Key, string Value)[] tags)
    {
        using var source = new ActivitySource("RabbitMQ.Client.Publisher");
        return Process(name, source, tags);
    }

    private static Activity Process(string name, ActivitySource source, params (string Key, string Value)[] tags)
    {
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddProcessor(new MessagingSpanProcessor()).Build();
        using var span = source.StartActivity(name)!;
        foreach (var (key, value) in tags)
            span.SetTag(key, value);

        span.Stop();
        return span;
    }
}
