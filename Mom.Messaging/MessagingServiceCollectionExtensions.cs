using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Topology;

namespace Mom.Messaging;

/// <summary>Registers the messaging engine.</summary>
public static class MessagingServiceCollectionExtensions
{
    /// <summary>Adds publisher, RPC client and health checks. The <c>IConnectionFactory</c> of RabbitMQ.Client must be registered.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="topology">All exchanges and queues; declared on every new connection.</param>
    /// <param name="contracts">Source-generated JSON of the messages: every type of its assembly with a <see cref="MessageAttribute"/>.</param>
    public static MessagingBuilder AddMessaging(this IServiceCollection services, BrokerTopology topology, JsonSerializerContext contracts) =>
        throw new NotSupportedException();
}
