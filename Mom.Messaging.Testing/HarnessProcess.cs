using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Mom.Messaging.Consuming;
using Mom.Messaging.Contracts;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Testing.Broker;
using Mom.Messaging.Testing.Observing;
using Mom.Messaging.Topology;
using RabbitMQ.Client;

namespace Mom.Messaging.Testing;

/// <summary>One process of a harness: a host with services of its own.</summary>
internal sealed class HarnessProcess(IHost host) : IAsyncDisposable
{
    private const string Others = "harness.others";

    // Half of it is the period of a timer, of which the longest is 49 days.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(90);

    // A handler that hangs must not hang the test's end.
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(5);

    public IServiceProvider Services => host.Services;

    public static HarnessProcess Build(Action<IServiceCollection> configure, MemoryBroker broker, Journal journal, WaitingRequests requests, TimeProvider time, string user)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        configure(builder.Services);

        // After the program's own, so that these hold; the observer before all other middleware.
        builder.Services.RemoveAll<IConnectionFactory>();
        builder.Services.AddSingleton<IConnectionFactory>(new MemoryConnectionFactory(broker, user));
        builder.Services.RemoveAll<TimeProvider>();
        builder.Services.AddSingleton(time);
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IPublishingMiddleware>(new PublishingObserver(broker.Workload, requests)));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Shutdown);
        var observer = new HandlingObserver(journal, requests, time);
        foreach (var consumer in builder.Services.Select(service => service.ImplementationInstance).OfType<ConsumerRegistration>())
        {
            consumer.Outermost = observer;
            // There is no network that could fall silent, and a year has two million looks at it.
            consumer.Options.SilenceLimit = LongestSilence;
            consumer.Options.RebalanceEvery = LongestSilence / 2;
            // Only their time, or further messages, take them on.
            consumer.Gathering = count => broker.Workload.End(count);
            consumer.Resting = broker.Rest;
        }

        return new HarnessProcess(builder.Build());
    }

    public async Task StartAsync(MemoryBroker broker, Journal journal, HarnessOptions options)
    {
        var topology = Services.GetService<BrokerTopology>()
            ?? throw new InvalidOperationException("There is no messaging in this process: call services.AddMessaging(...) as the program does.");
        journal.Know(Services.GetRequiredService<MessageRegistry>(), topology);
        Declare(broker, topology, options);
        await host.StartAsync().ConfigureAwait(false);
        var lanes = Services.GetServices<ConsumerRegistration>().SelectMany(Lane.Of).Select(lane => lane.Queue).ToList();
        await broker.ConsumedAsync(lanes, options.Patience).ConfigureAwait(false);
        await broker.Workload.IdleAsync(options.Patience).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync().ConfigureAwait(false);
        await ((IAsyncDisposable)host).DisposeAsync().ConfigureAwait(false);
    }

    // The queues of services that take no part.
    private static void Declare(MemoryBroker broker, BrokerTopology topology, HarnessOptions options)
    {
        var plain = new QueueSettings(Durable: true, AutoDelete: false, Owner: null, new Dictionary<string, object?>(StringComparer.Ordinal));
        foreach (var exchange in new[] { topology.CommandExchange, topology.EventExchange })
        {
            broker.DeclareExchange(exchange, ExchangeType.Topic, plain.Arguments);
        }

        foreach (var queue in options.OtherQueues)
        {
            broker.DeclareQueue(queue, plain);
            broker.Bind(topology.CommandExchange, queue, queue, isQueue: true);
        }

        if (options.OtherTopics.Count > 0)
        {
            broker.DeclareQueue(Others, plain);
        }

        foreach (var topic in options.OtherTopics)
        {
            broker.Bind(topology.EventExchange, topic, Others, isQueue: true);
        }
    }
}
