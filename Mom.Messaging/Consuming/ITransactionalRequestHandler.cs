namespace Mom.Messaging.Consuming;

/// <summary>
/// Answers a request that changes something, in two steps: the effect, once, in one transaction with inbox and outbox; and the answer, after the commit.
/// A request that comes again has no second effect, and gets its answer by the second step alone. One that was refused is refused again. Both steps are
/// bounded by the handler's timeout together, and a guard is asked each time.
/// </summary>
/// <remarks>It needs a unit of work around it, as AddPostgres of Mom.Messaging.EntityFrameworkCore registers.</remarks>
/// <typeparam name="TRequest">The request's contract.</typeparam>
/// <typeparam name="TReply">The reply's contract.</typeparam>
public interface ITransactionalRequestHandler<in TRequest, TReply> : IRequestHandler<TRequest, TReply>
    where TRequest : class, IRequest<TReply>
    where TReply : class
{
    /// <summary>
    /// Before the transaction, at each delivery. What it refuses is not noted: a later delivery may be accepted. By default nothing.
    /// </summary>
    /// <inheritdoc cref="ApplyAsync" path="/param"/>
    Task CheckAsync(TRequest request, MessageContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The effect, within the transaction: rows, and messages by <see cref="MessageContext.PublishAsync"/>. Called once for each attempt until one has committed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The delivery.</param>
    /// <param name="cancellationToken">As for <see cref="IRequestHandler{TRequest, TReply}.HandleAsync"/>.</param>
    /// <exception cref="Errors.RefusalException">Thrown to refuse the request: what was changed is undone, and each further delivery is refused alike.</exception>
    Task ApplyAsync(TRequest request, MessageContext context, CancellationToken cancellationToken);

    /// <summary>The answer, after the commit, at each delivery. Read from the database: others may have gone on meanwhile.</summary>
    /// <inheritdoc cref="ApplyAsync" path="/param"/>
    Task<TReply> AnswerAsync(TRequest request, MessageContext context, CancellationToken cancellationToken);

    async Task<TReply> IRequestHandler<TRequest, TReply>.HandleAsync(TRequest request, MessageContext context, CancellationToken cancellationToken)
    {
        await CheckAsync(request, context, cancellationToken).ConfigureAwait(false);
        await context.OnceAsync(() => ApplyAsync(request, context, cancellationToken)).ConfigureAwait(false);
        return await AnswerAsync(request, context, cancellationToken).ConfigureAwait(false);
    }
}
