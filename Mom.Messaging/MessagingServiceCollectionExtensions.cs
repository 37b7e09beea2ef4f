using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Consuming;
using Mom.Messaging.Consuming.Keys;
using Mom.Messaging.Contracts;
using Mom.Messaging.Contracts.AsyncApi;
using Mom.Messaging.DeadLetters;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Outbox;
using Mom.Messaging.Publishing;
using Mom.Messaging.Retries;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;
using RabbitMQ.Client;

namespace Mom.Messaging;

/// <summary>Registers the messaging engine.</summary>
public static class MessagingServiceCollectionExtensions
{
    /// <summary>Adds publisher, RPC client and health checks. The <c>IConnectionFactory</c> of RabbitMQ.Client must be registered.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="topology">
    /// All exchanges and queues; declared on every new connection, or with <c>Messaging:Topology</c> <c>Await</c> waited for. The type of all queues, or of one, can be configured:
    /// <c>Messaging:QueueType</c> and <c>Messaging:QueueTypes:{queue}</c>, each <c>Classic</c> or <c>Quorum</c>.
    /// </param>
    /// <param name="contracts">
    /// Source-generated JSON of the messages: every type of their assemblies, or in them, with a <see cref="MessageAttribute"/>. More of them may follow:
    /// <see cref="MessagingBuilder.AddContracts"/>.
    /// </param>
    public static MessagingBuilder AddMessaging(this IServiceCollection services, BrokerTopology topology, params JsonSerializerContext[] contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        var messaging = new MessagingBuilder(services, topology);
        messaging.AddContracts(contracts);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new PublisherOptions());
        services.TryAddSingleton(new ReplyOptions());
        services.AddSingleton(provider => ConfiguredTopology.Apply(messaging.Topology, provider.GetService<IConfiguration>()));
        services.AddSingleton(_ => MessageRegistry.From(messaging.Contracts));
        services.AddSingleton(messaging.Versions);
        services.AddSingleton(messaging.Propagation);
        services.AddSingleton(provider => new AsyncApiDocument(provider.GetRequiredService<MessageRegistry>(), provider.GetRequiredService<BrokerTopology>()));
        services.AddSingleton<IHostedService, MessagingStart>();
        services.AddSingleton<TopologyDeclarer>();
        services.AddSingleton(provider => BrokerUser.Of(provider.GetRequiredService<IConnectionFactory>()));
        services.AddSingleton<EnvelopeFactory>();
        services.AddSingleton<IQueueDepths, QueueDepths>();
        services.AddConnections();

        services.AddSingleton<MessagePublisher>();
        services.AddSingleton<IMessagePublisher>(provider => provider.GetRequiredService<MessagePublisher>());
        services.AddSingleton<IOutboxEnvelopes, OutboxEnvelopes>();
        services.AddSingleton<PendingRequests>();
        services.AddSingleton<HeldQueues>();
        services.AddSingleton<ReplyConsumer>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ReplyConsumer>());
        services.AddSingleton<IRpcClient, RpcClient>();
        services.AddConsuming();
        services.AddHealthChecks().AddCheck<MessagingHealthCheck>("messaging");
        return messaging;
    }

    /// <summary>
    /// The same for a system whose queues are named where they are consumed (<see cref="MessagingBuilder.AddHandlersFrom"/>,
    /// <see cref="MessagingBuilder.AddConsumer(QueueDefinition, Action{ConsumerOptions}?)"/>): its exchanges are <c>{system}.messages</c> and <c>{system}.events</c>.
    /// </summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="system">The same for all services that exchange messages; 1 to 200 characters.</param>
    /// <param name="contracts">As above.</param>
    public static MessagingBuilder AddMessaging(this IServiceCollection services, string system, params JsonSerializerContext[] contracts)
    {
        ArgumentNullException.ThrowIfNull(system);
        OptionsCheck.InRange(system.Length, 1, 200, "The length of the system's name");
        return services.AddMessaging(new BrokerTopology($"{system}.messages", $"{system}.events", []), contracts);
    }

    private static void AddConsuming(this IServiceCollection services)
    {
        services.AddSingleton<SettlingPublisher>();
        services.AddSingleton(provider => new Quarantine(
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetServices<IOutageGate>(),
            provider.GetService<IConfiguration>(),
            provider.GetRequiredService<ILogger<Quarantine>>()));
        services.AddSingleton<OnwardMessages>();
        services.AddSingleton<FailedMessages>();
        services.AddSingleton<SuspectMessages>();
        services.AddSingleton<SuspectMarks>();
        services.AddSingleton<UnchargedMessages>();
        services.AddSingleton<HandlerTimer>();
        services.AddSingleton<HandlerInvoker>();
        services.AddSingleton<PublishOutage>();
        services.AddSingleton<SenderCheck>();
        services.AddSingleton<DeliveryHandler>();
        services.AddSingleton<IConsumerControl, ConsumerControl>();
    }

    // The connections are hosted services that start first, and so stop last: consumers drain while they are still open.
    private static void AddConnections(this IServiceCollection services)
    {
        services.AddSingleton(provider => new BrokerConnections(Connection(provider, "publish"), Connection(provider, "consume")));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<BrokerConnections>().Publish);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<BrokerConnections>().Consume);
    }

    private static BrokerConnection Connection(IServiceProvider provider, string name) =>
        new(
            provider.GetRequiredService<IConnectionFactory>(),
            provider.GetRequiredService<TopologyDeclarer>(),
            name,
            provider.GetRequiredService<ILogger<BrokerConnection>>());
}
