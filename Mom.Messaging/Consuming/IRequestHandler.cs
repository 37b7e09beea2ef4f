namespace Mom.Messaging.Consuming;

/// <summary>Handles one kind of request and answers it. Everything that holds for <see cref="IMessageHandler{TMessage}"/> holds here.</summary>
/// <typeparam name="TRequest">The request's contract.</typeparam>
/// <typeparam name="TReply">The reply's contract.</typeparam>
public interface IRequestHandler<in TRequest, TReply>
    where TRequest : class, IRequest<TReply>
    where TReply : class
{
    /// <summary>Handles a request and returns the reply. It may come more than once, and must then give the same answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">What is known of this delivery.</param>
    /// <param name="cancellationToken">Fires when the process can wait no longer for the handler.</param>
    /// <exception cref="Errors.RefusalException">Thrown to say no for a reason of the domain.</exception>
    Task<TReply> HandleAsync(TRequest request, MessageContext context, CancellationToken cancellationToken);
}
