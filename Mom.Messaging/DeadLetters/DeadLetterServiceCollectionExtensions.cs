using Microsoft.Extensions.DependencyInjection;

namespace Mom.Messaging.DeadLetters;

/// <summary>Registers the consumer of dead letters.</summary>
public static class DeadLetterServiceCollectionExtensions
{
    /// <summary>Moves the dead letters of all queues of the topology into <typeparamref name="TStore"/>, created for each batch.</summary>
    public static MessagingBuilder AddDeadLetterStore<TStore>(this MessagingBuilder messaging)
        where TStore : class, IDeadLetterStore
    {
        messaging.Services.AddScoped<IDeadLetterStore, TStore>();
        messaging.Services.AddHostedService<DeadLetterConsumer>();
        return messaging;
    }
}
