using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Retries;

namespace Mom.Messaging.Testing;

/// <summary>A message that was published, or a request that was sent.</summary>
/// <typeparam name="TMessage">Its type.</typeparam>
/// <param name="Message">As it travelled: read from its JSON.</param>
/// <param name="MessageId">Its identity.</param>
/// <param name="Destination">The queue of a command, the topic of an event.</param>
/// <param name="Priority">1 to 10.</param>
/// <param name="At">When, by the harness's time.</param>
/// <param name="DeliverAt">When it reaches its queue; the same as <paramref name="At"/> without a delay.</param>
/// <param name="Headers">All of its headers.</param>
public sealed record PublishedMessage<TMessage>(
    TMessage Message, Guid MessageId, string Destination, byte Priority, DateTimeOffset At, DateTimeOffset DeliverAt, IReadOnlyDictionary<string, object?> Headers)
    where TMessage : class
{
    /// <inheritdoc cref="MessageContext.CorrelationId"/>
    public string? CorrelationId => Headers.GetValueOrDefault(MessageHeaders.Correlation) as string;

    /// <inheritdoc cref="MessageContext.CausationId"/>
    public Guid? CausationId => Guid.TryParse(Headers.GetValueOrDefault(MessageHeaders.Causation) as string, out var id) ? id : null;

    /// <inheritdoc cref="MessageContext.Tenant"/>
    public string? Tenant => Headers.GetValueOrDefault(MessageHeaders.Tenant) as string;
}

/// <summary>A message whose handler has returned, its middleware included.</summary>
/// <typeparam name="TMessage">Its type.</typeparam>
/// <param name="Message">As the handler got it: of an older version the newer one.</param>
/// <param name="Delivery">Queue, attempt, headers, correlation, tenant.</param>
/// <param name="Reply">What a request was answered with; <see langword="null"/> for any other message, for one that was refused, and for one of a batch.</param>
/// <param name="Refusal">Why the handler refused it, or <see langword="null"/>.</param>
/// <param name="At">When, by the harness's time.</param>
public sealed record HandledMessage<TMessage>(TMessage Message, MessageContext Delivery, object? Reply, RefusalException? Refusal, DateTimeOffset At)
    where TMessage : class;

/// <summary>An attempt to handle a message that failed.</summary>
/// <typeparam name="TMessage">Its type.</typeparam>
/// <param name="Message">As the handler got it.</param>
/// <param name="Delivery">Queue, attempt, headers, correlation, tenant.</param>
/// <param name="Exception">What the handler or its middleware threw.</param>
/// <param name="At">When, by the harness's time.</param>
public sealed record FailedAttempt<TMessage>(TMessage Message, MessageContext Delivery, Exception Exception, DateTimeOffset At)
    where TMessage : class;

/// <summary>A message that became a dead letter.</summary>
/// <typeparam name="TMessage">Its type.</typeparam>
/// <param name="Message"><see langword="null"/> where its body cannot be read, or no process of the harness knows its type.</param>
/// <param name="MessageId">Its identity.</param>
/// <param name="Queue">The queue in which it failed.</param>
/// <param name="Reason">Why it became one.</param>
/// <param name="Attempts">How many attempts were made.</param>
/// <param name="ExceptionType">The full name of the type of what its handler threw, if it threw.</param>
/// <param name="ExceptionMessage">Its message, at most 1,024 characters.</param>
/// <param name="At">When, by the harness's time.</param>
/// <param name="Headers">All of its headers.</param>
public sealed record DeadLetter<TMessage>(
    TMessage? Message, Guid MessageId, string Queue, DeadLetterReason Reason, int Attempts, string? ExceptionType, string? ExceptionMessage, DateTimeOffset At, IReadOnlyDictionary<string, object?> Headers)
    where TMessage : class;
