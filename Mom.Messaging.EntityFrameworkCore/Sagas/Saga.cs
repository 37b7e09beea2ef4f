using Mom.Messaging.Consuming;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.EntityFrameworkCore.Sagas;

/// <summary>
/// A process of several messages over minutes or months, with a state of its own. Each of its messages is handled in one transaction with the state, the
/// inbox and the outbox, and while the row of its state is locked: of two messages that come at once one waits for the other. The key of a message
/// (<see cref="IPartitioned"/>) says to which saga it belongs. Created for each message, with its dependencies; what it keeps is in <see cref="State"/>.
/// </summary>
/// <typeparam name="TState">What is kept, as JSON: it only grows, as a contract does.</typeparam>
public abstract class Saga<TState>
    where TState : class, new()
{
    /// <summary>What is kept. Saved when the handling has ended well.</summary>
    protected TState State { get; private set; } = new();

    /// <summary>The key of its messages.</summary>
    protected string Id { get; private set; } = string.Empty;

    internal TState Saved => State;

    internal bool IsCompleted { get; private set; }

    /// <summary>Ends the saga: its state is deleted when the handling has ended well. A message that starts it starts another one from then on.</summary>
    protected void Complete() => IsCompleted = true;

    /// <summary>
    /// Sends the saga a message later, by the outbox and the delays of the broker: after the commit, and however often this process restarts meanwhile. Where
    /// the saga has ended by then it is ignored (<see cref="ITimesOut{TMessage}"/>), so that nothing needs to be taken back.
    /// </summary>
    /// <param name="message">With the key of the saga, to a queue that the saga consumes.</param>
    /// <param name="after">Up to eight years, rounded up to seconds; counted from when it is sent.</param>
    /// <param name="context">The delivery that is handled.</param>
    /// <exception cref="ArgumentException">The message has another key.</exception>
    protected Task RequestTimeoutAsync<TMessage>(TMessage message, TimeSpan after, MessageContext context)
        where TMessage : class, IPartitioned
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(context);
        return !string.Equals(message.PartitionKey, Id, StringComparison.Ordinal)
            ? throw new ArgumentException($"{typeof(TMessage).Name} is for '{message.PartitionKey}', and this saga is '{Id}'.", nameof(message))
            : context.PublishAsync(message, new PublishOptions { Delay = after });
    }

    /// <summary>
    /// A message has come that belongs to no saga and does not start one. By itself it throws <see cref="SagaNotFoundException"/>: the message is tried again,
    /// as one that overtook its beginning needs, and then becomes a dead letter. Return to ignore it.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="context">Its delivery.</param>
    protected virtual Task NotFoundAsync(IPartitioned message, MessageContext context)
    {
        ArgumentNullException.ThrowIfNull(message);
        throw new SagaNotFoundException($"There is no {GetType().Name} '{message.PartitionKey}' for {message.GetType().Name}. It has not begun, or it has ended.");
    }

    internal void Resume(string id, TState state) => (Id, State) = (id, state);

    internal Task TellNotFoundAsync(IPartitioned message, MessageContext context) => NotFoundAsync(message, context);
}

/// <summary>A saga begins with this message, or goes on with it where it has begun.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
public interface IStartedBy<in TMessage>
    where TMessage : class, IPartitioned
{
    /// <inheritdoc cref="IMessageHandler{TMessage}.HandleAsync"/>
    Task HandleAsync(TMessage message, MessageContext context, CancellationToken cancellationToken);
}

/// <summary>A saga goes on with this message.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
public interface IContinuedBy<in TMessage>
    where TMessage : class, IPartitioned
{
    /// <inheritdoc cref="IMessageHandler{TMessage}.HandleAsync"/>
    Task HandleAsync(TMessage message, MessageContext context, CancellationToken cancellationToken);
}

/// <summary>A saga has asked for this message itself, for the case that it has not ended by then; where it has, the message is ignored.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
public interface ITimesOut<in TMessage>
    where TMessage : class, IPartitioned
{
    /// <inheritdoc cref="IMessageHandler{TMessage}.HandleAsync"/>
    Task HandleAsync(TMessage message, MessageContext context, CancellationToken cancellationToken);
}

/// <summary>A message belongs to no saga that has begun and not ended.</summary>
/// <param name="message">Which message, to which saga.</param>
public sealed class SagaNotFoundException(string message) : Exception(message);
