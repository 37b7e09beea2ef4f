using Microsoft.Extensions.DependencyInjection;

namespace Mom.Messaging.Consuming;

/// <summary>Adds handlers to the consumer of one queue.</summary>
public sealed class ConsumerBuilder
{
    private readonly IServiceCollection _services;
    private readonly ConsumerRegistration _registration;

    internal ConsumerBuilder(IServiceCollection services, ConsumerRegistration registration)
    {
        _services = services;
        _registration = registration;
    }

    /// <summary>Handles messages of type <typeparamref name="TMessage"/> with <typeparamref name="THandler"/>, made anew for each message.</summary>
    public ConsumerBuilder Handle<TMessage, THandler>()
        where TMessage : class
        where THandler : class, IMessageHandler<TMessage>
    {
        _services.AddScoped<THandler>();
        _registration.Handlers.Add(typeof(TMessage), static async (services, message, context, cancellationToken) =>
        {
            await services.GetRequiredService<THandler>().HandleAsync((TMessage)message, context, cancellationToken).ConfigureAwait(false);
            return null;
        });
        return this;
    }

    /// <summary>Answers requests of type <typeparamref name="TRequest"/> with <typeparamref name="THandler"/>, made anew for each request.</summary>
    public ConsumerBuilder Answer<TRequest, TReply, THandler>()
        where TRequest : class, IRequest<TReply>
        where TReply : class
        where THandler : class, IRequestHandler<TRequest, TReply>
    {
        _services.AddScoped<THandler>();
        _registration.Handlers.Add(typeof(TRequest), static async (services, message, context, cancellationToken) =>
            await services.GetRequiredService<THandler>().HandleAsync((TRequest)message, context, cancellationToken).ConfigureAwait(false));
        return this;
    }
}
