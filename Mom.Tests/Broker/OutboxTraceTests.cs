using System.Collections.Concurrent;
using System.Diagnostics;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Outbox;
using Mom.Tests.Broker.Support;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class OutboxTraceTests(DataServers servers)
{
    [Fact]
    public async Task Idle_polls_leave_no_traces_and_a_message_is_sent_in_the_trace_of_its_row()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        using var source = new ActivitySource("Test.Outbox");
        var spans = new Spans();
        // The sampler of the services: everything, but a span follows its parent.
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource("Npgsql", MessagingActivities.SourceName, "RabbitMQ.Client.Publisher", source.Name)
            .SetSampler(new ParentBasedSampler(new AlwaysOnSampler()))
            .AddProcessor(spans)
            .Build();
        var options = new OutboxOptions { PollInterval = TimeSpan.FromSeconds(0.02), MeasureInterval = TimeSpan.FromSeconds(0.02) };
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database, options));

        ActivityTraceId trace;
        using (var cause = source.StartActivity("cause"))
        {
            trace = cause!.TraceId;
            await engine.SendAsync((Guid.NewGuid(), OutboxTests.Step(1)));
            await OutboxTests.EmptyAsync(database);
        }

        await engine.StopAsync();
        Assert.All(spans.Ended, span => Assert.True(span.TraceId == trace, $"'{span.DisplayName}' of {span.Source.Name} should not be a trace of its own."));
        var relay = Assert.Single(spans.Ended, span => span.DisplayName == "relay outbox");
        var publish = Assert.Single(spans.Ended, span => span.Source.Name == "RabbitMQ.Client.Publisher");
        Assert.Equal(relay.SpanId, publish.ParentSpanId);
    }

    private sealed class Spans : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Ended { get; } = new();

        public override void OnEnd(Activity data) => Ended.Enqueue(data);
    }
}
