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
        _registration.Add(typeof(TMessage), static async (services, message, context, cancellationToken) =>
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
        _registration.Add(typeof(TRequest), static async (services, message, context, cancellationToken) =>
            await services.GetRequiredService<THandler>().HandleAsync((TRequest)message, context, cancellationToken).ConfigureAwait(false));
        return this;
    }

    /// <summary>
    /// Handles messages of type <typeparamref name="TMessage"/> many at a time with <typeparamref name="THandler"/>, made anew for
    /// each batch. The queue's prefetch grows to <paramref name="maxMessages"/> where it is smaller.
    /// </summary>
    /// <param name="maxMessages">At most so many messages in one call, 1 to 1,000.</param>
    /// <param name="within">How long the first message waits for the others, up to 1 minute; what has come by then is handled.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ConsumerBuilder HandleBatch<TMessage, THandler>(int maxMessages, TimeSpan within)
        where TMessage : class
        where THandler : class, IBatchHandler<TMessage>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMessages, 1_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(within, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(within, TimeSpan.FromMinutes(1));
        _services.AddScoped<THandler>();
        _registration.Add(typeof(TMessage), static async (services, message, context, cancellationToken) =>
        {
            await CallAsync(services, [(message, context)], cancellationToken).ConfigureAwait(false);
            return null;
        });
        _registration.Batches.Add(typeof(TMessage), new BatchRegistration(maxMessages, within, CallAsync));
        return this;

        static Task CallAsync(IServiceProvider services, IReadOnlyList<(object Message, MessageContext Context)> messages, CancellationToken cancellationToken) =>
            services.GetRequiredService<THandler>().HandleAsync(
                [.. messages.Select(item => new Delivered<TMessage>((TMessage)item.Message, item.Context))],
                cancellationToken);
    }
}
