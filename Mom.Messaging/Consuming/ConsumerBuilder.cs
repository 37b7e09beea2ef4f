namespace Mom.Messaging.Consuming;

/// <summary>Adds handlers to the consumer of one queue.</summary>
public sealed class ConsumerBuilder
{
    /// <summary>Handles messages of type <typeparamref name="TMessage"/> with <typeparamref name="THandler"/>, made anew for each message.</summary>
    public ConsumerBuilder Handle<TMessage, THandler>()
        where TMessage : class
        where THandler : class, IMessageHandler<TMessage> => throw new NotSupportedException();

    /// <summary>Answers requests of type <typeparamref name="TRequest"/> with <typeparamref name="THandler"/>, made anew for each request.</summary>
    public ConsumerBuilder Answer<TRequest, TReply, THandler>()
        where TRequest : class, IRequest<TReply>
        where TReply : class
        where THandler : class, IRequestHandler<TRequest, TReply> => throw new NotSupportedException();
}
