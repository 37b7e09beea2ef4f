using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;

namespace Mom.Messaging;

/// <summary>Adds consumers to the messaging engine.</summary>
public sealed class MessagingBuilder(IServiceCollection services)
{
    /// <summary>The services of the process.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Consumes a queue of the topology with the handlers that are added to the result.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="configure">Sets concurrency and prefetch.</param>
    public ConsumerBuilder AddConsumer(string queue, Action<ConsumerOptions>? configure = null) => throw new NotSupportedException();
}
