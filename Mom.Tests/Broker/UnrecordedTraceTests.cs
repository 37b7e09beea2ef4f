using System.Collections.Concurrent;
using System.Diagnostics;
using Mom.Messaging.Diagnostics;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class UnrecordedTraceTests(DataServers servers)
{
    [Fact]
    public async Task A_request_below_a_span_that_is_not_recorded_leaves_no_trace_and_any_other_leaves_one()
    {
        var spans = new Spans();
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource("RabbitMQ.Client.Publisher", "RabbitMQ.Client.Subscriber", MessagingActivities.SourceName)
            .SetSampler(new ParentBasedSampler(new AlwaysOnSampler()))
            .AddProcessor(spans)
            .Build();
        await using var broker = await servers.VirtualHostAsync();
        var handled = new ConcurrentQueue<ActivityTraceId?>();
        await using var engine = await broker.WorkerAsync(new Behaviour
        {
            OnAsk = (ask, _) =>
            {
                handled.Enqueue(Activity.Current?.TraceId);
                return Task.FromResult(new Answer(ask.Number));
            },
        });

        using (var unrecorded = new Activity("refresh").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            await engine.Rpc().RequestAsync(new Ask(1));
            // What the handler sends belongs to the same trace, recorded or not.
            Assert.Equal([unrecorded.TraceId], handled);
        }

        // The reply is the last of it: its span would have ended with the request.
        Assert.Empty(spans.Ended);

        await engine.Rpc().RequestAsync(new Ask(2));
        await engine.StopAsync();
        Assert.Single(spans.Ended.Select(span => span.TraceId).Distinct());
        Assert.Contains(spans.Ended, span => span.DisplayName.StartsWith("process ", StringComparison.Ordinal));
    }

    private sealed class Spans : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Ended { get; } = new();

        public override void OnEnd(Activity data) => Ended.Enqueue(data);
    }
}
