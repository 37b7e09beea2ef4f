namespace Mom.Messaging.Pipeline;

/// <summary>
/// Code around the handling of messages: what it does before <c>next</c> comes before the handler, what it does after it comes after. It runs for
/// every kind of handler: of one message, of a request and of a batch. What it throws is as if the handler had thrown it, so that
/// <see cref="Errors.PermanentFailureException"/> and <see cref="Errors.RefusalException"/> have their meaning here too. It is created for each call,
/// in the scope of the handler: register it by <see cref="MessagingBuilder.Use{TMiddleware}"/> for every consumer of a process, or by
/// <see cref="Consuming.ConsumerBuilder.Use{TMiddleware}"/> for one. Those of the process come first, then in the order in which they were added.
/// </summary>
/// <example><code>
/// public async Task InvokeAsync(HandlingContext context, HandlingStep next)
/// {
///     var started = Stopwatch.GetTimestamp();
///     await next(context);
///     logger.Handled(context.Delivery.MessageId, Stopwatch.GetElapsedTime(started));
/// }
/// </code></example>
public interface IHandlingMiddleware
{
    /// <summary>
    /// Called once for each call of a handler; within <see cref="Consuming.ConsumerOptions.HandlerTimeout"/>, which bounds all of it together.
    /// </summary>
    /// <param name="context">What is handled. A batch has several messages: see <see cref="HandlingContext.Messages"/>.</param>
    /// <param name="next">
    /// The next middleware, and at the end the handler. Not to call it means that the message needs no handling: it is acked. The caller of a
    /// request must have an answer in that case: set <see cref="HandlingContext.Reply"/>, or throw. To call it twice handles the message twice.
    /// </param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1716:Identifiers should not match keywords", Justification = "As in every pipeline of .NET.")]
    Task InvokeAsync(HandlingContext context, HandlingStep next);
}

/// <summary>The rest of the way to the handler.</summary>
/// <param name="context">The same context.</param>
public delegate Task HandlingStep(HandlingContext context);
