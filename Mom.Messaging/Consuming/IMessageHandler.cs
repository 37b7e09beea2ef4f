using Mom.Messaging.Errors;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Handles one kind of message. The message is acked after the handler has returned; when it throws, the message is tried again
/// with growing delays and becomes a dead letter after the last attempt. It may come more than once: see the inbox.
/// </summary>
/// <typeparam name="TMessage">The message's contract.</typeparam>
public interface IMessageHandler<in TMessage>
    where TMessage : class
{
    /// <summary>Handles a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">The delivery: its attempt, queue and headers.</param>
    /// <param name="cancellationToken">
    /// Fires when the process stops and waits no longer for the handler: to end because of it counts as no attempt. Fires also when
    /// <see cref="ConsumerOptions.HandlerTimeout"/> is over: that is a failed attempt.
    /// </param>
    /// <exception cref="Errors.PermanentFailureException">Thrown to park the message as a dead letter at once.</exception>
    Task HandleAsync(TMessage message, MessageContext context, CancellationToken cancellationToken);
}

/// <summary>Handles one kind of request and answers it. Everything that holds for <see cref="IMessageHandler{TMessage}"/> holds here.</summary>
/// <typeparam name="TRequest">The request's contract.</typeparam>
/// <typeparam name="TReply">The reply's contract.</typeparam>
public interface IRequestHandler<in TRequest, TReply>
    where TRequest : class, IRequest<TReply>
    where TReply : class
{
    /// <summary>Handles a request and returns the reply. It may come more than once, and must then give the same answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The delivery: its attempt, queue and headers.</param>
    /// <param name="cancellationToken">Fires when the process stops and waits no longer for the handler, or when its time is over.</param>
    /// <exception cref="Errors.RefusalException">Thrown to refuse the request for a reason of the domain.</exception>
    Task<TReply> HandleAsync(TRequest request, MessageContext context, CancellationToken cancellationToken);
}

/// <summary>
/// Handles many messages of one kind in one call, as in one transaction. They are acked together after the handler has returned;
/// when it throws, each of them is handled again in a call of its own, so that only the bad one is retried or parked. What the
/// call did before it threw must therefore be undone, as a transaction does. Everything else that holds for
/// <see cref="IMessageHandler{TMessage}"/> holds here.
/// </summary>
/// <typeparam name="TMessage">The messages' contract.</typeparam>
public interface IBatchHandler<TMessage>
    where TMessage : class
{
    /// <summary>Handles at least one message.</summary>
    /// <param name="messages">The messages in the order in which they came.</param>
    /// <param name="cancellationToken">
    /// Fires when the process stops and waits no longer for the handler: to end because of it counts as no attempt. Fires also when
    /// <see cref="ConsumerOptions.HandlerTimeout"/> is over: that is a failed attempt.
    /// </param>
    Task HandleAsync(IReadOnlyList<Delivered<TMessage>> messages, CancellationToken cancellationToken);
}

/// <summary>
/// Answers many requests of one kind in one call. Each caller gets its own answer, once all of the call has succeeded; when it throws, each request is
/// handled again in a call of its own. Everything else that holds for <see cref="IBatchHandler{TMessage}"/> holds here.
/// </summary>
/// <typeparam name="TRequest">The requests' contract.</typeparam>
/// <typeparam name="TReply">The replies' contract.</typeparam>
public interface IBatchRequestHandler<TRequest, TReply>
    where TRequest : class, IRequest<TReply>
    where TReply : class
{
    /// <summary>Handles at least one request.</summary>
    /// <param name="requests">The requests in the order in which they came.</param>
    /// <param name="cancellationToken">As for <see cref="IBatchHandler{TMessage}.HandleAsync"/>.</param>
    /// <returns>As many answers as there are requests, in their order.</returns>
    Task<IReadOnlyList<Answer<TReply>>> HandleAsync(IReadOnlyList<Delivered<TRequest>> requests, CancellationToken cancellationToken);
}

/// <summary>The answer to one request of a batch.</summary>
/// <typeparam name="TReply">The reply's contract.</typeparam>
public readonly record struct Answer<TReply>
    where TReply : class
{
    private Answer(TReply? reply, RefusalException? refusal) => (Reply, Refusal) = (reply, refusal);

    /// <summary>The reply; <see langword="null"/> when the request is refused.</summary>
    public TReply? Reply { get; }

    /// <summary>Why the request is refused, for a reason of the domain; <see langword="null"/> when there is a reply.</summary>
    public RefusalException? Refusal { get; }

    /// <summary>A reply.</summary>
    public static implicit operator Answer<TReply>(TReply reply) => new(reply, refusal: null);

    /// <summary>A refusal.</summary>
    public static implicit operator Answer<TReply>(RefusalException refusal) => new(reply: null, refusal);
}

/// <summary>One message of a batch.</summary>
/// <typeparam name="TMessage">The message's contract.</typeparam>
/// <param name="Message">The message.</param>
/// <param name="Context">Its delivery: attempt, queue and headers.</param>
public sealed record Delivered<TMessage>(TMessage Message, MessageContext Context)
    where TMessage : class;
