using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker;

/// <summary>A broker at the other end of a slow line that breaks.</summary>
[Trait("Group", "broker")]
public sealed class BadNetworkTests(DataServers servers)
{
    private const int Senders = 20;

    private const int Progress = 25;
    private static readonly TimeSpan RoundTrip = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task On_a_slow_line_that_is_reset_again_and_again_nothing_is_lost_and_nothing_piles_up()
    {
        await using var broker = await servers.VirtualHostAsync();
        await broker.DeclareAsync(NodeTopology.Default);
        await using var network = new BadNetwork(broker.Uri.Port, RoundTrip);
        var (confirmed, handled, changes) = (new ConcurrentDictionary<int, bool>(), new ConcurrentDictionary<int, bool>(), new Changes());
        await using var worker = await StartAsync(network, broker, messaging =>
        {
            messaging.Services.AddSingleton(new Behaviour { OnWork = (work, _) => { handled[work.Number] = true; changes.Happened(); return Task.CompletedTask; } });
            messaging.AddConsumer(NodeTopology.Work, options => options.Prefetch = 20).Handle<Work, WorkHandler>();
        });
        await using var sender = await StartAsync(network, broker);

        using var end = new CancellationTokenSource();
        var number = 0;
        var load = Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var mine = Interlocked.Increment(ref number);
                try
                {
                    await sender.Publisher.PublishAsync(new Work(mine));
                    confirmed[mine] = true;
                    changes.Happened();
                }
                catch (MessagingException)
                {
                    await Task.Delay(100);
                }
            }
        })).ToList();
        for (var reset = 0; reset < 2; reset++)
        {
            var (sent, done) = (confirmed.Count, handled.Count);
            await changes.UntilAsync(() => confirmed.Count > sent + Progress && handled.Count > done + Progress, "messages should get through");
            // Publishes are in the air: their confirms are lost, and their senders must be told so.
            await sender.UntilInFlightAsync(Senders / 2);
            network.Reset();
        }

        await worker.ConsumingAsync();
        await end.CancelAsync();
        await Task.WhenAll(load);
        await changes.UntilAsync(() => confirmed.Keys.All(handled.ContainsKey), "every confirmed message should be handled");
        await sender.UntilNothingInFlightAsync();
        Assert.Equal(0u, await broker.CountAsync("test.work.dead"));
    }

    private static Task<EngineHost> StartAsync(BadNetwork network, VirtualHost broker, Action<Messaging.MessagingBuilder>? configure = null) => EngineHost.StartAsync(
        broker,
        messaging =>
        {
            messaging.Services.AddSingleton<IConnectionFactory>(new ConnectionFactory { Uri = new UriBuilder(broker.Uri) { Port = network.Port }.Uri });
            configure?.Invoke(messaging);
        },
        NodeTopology.Default,
        new PublisherOptions { Window = Senders / 2 },
        NodeJsonContext.Default);
}
