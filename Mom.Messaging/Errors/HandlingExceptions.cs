namespace Mom.Messaging.Errors;

/// <summary>A delivered message has a type or version that nothing here handles.</summary>
public sealed class UnknownMessageException(string message) : MessagingException(message);

/// <summary>A delivered message has a body that is not what its contract says.</summary>
public sealed class MalformedBodyException(string message, Exception? innerException = null) : MessagingException(message, innerException);

/// <summary>A delivered message was sent by a broker user that may not send it, or names a reply queue that is not its sender's. It is not handled.</summary>
public sealed class SenderRefusedException(string message) : MessagingException(message);

/// <summary>Thrown by a handler that can never succeed with this message: it becomes a dead letter at once, without a retry.</summary>
public sealed class PermanentFailureException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>
/// A handler did not end within <see cref="Consuming.ConsumerOptions.HandlerTimeout"/>. It counts as a failed attempt like any other. Whether the
/// handler's effect is there is not known: it may still come, and the next attempt must stand it, as by an inbox row in its transaction.
/// </summary>
/// <param name="what">What it handled.</param>
/// <param name="timeout">How long it was given.</param>
/// <param name="innerException">What it threw when its token fired; <see langword="null"/> when it went on in spite of that and was abandoned.</param>
public sealed class HandlerTimeoutException(string what, TimeSpan timeout, Exception? innerException = null)
    : MessagingException(
        $"The handler of {what} did not end within {timeout.TotalSeconds:0.###} s" + (innerException is null ? ", nor after its token had fired: it was abandoned." : "."),
        innerException);

/// <summary>
/// Thrown by a handler to refuse a message for a reason of the domain. The sender of a request gets it as a
/// <see cref="RequestRefusedException"/>; there is no retry and no dead letter, for nothing is broken.
/// </summary>
/// <param name="code">Stable code of the reason, for programs.</param>
/// <param name="detail">The reason, for people; it is shown to the caller.</param>
public sealed class RefusalException(string code, string detail) : Exception(detail)
{
    /// <summary>Stable code of the reason, such as <c>user.email-taken</c>.</summary>
    public string Code { get; } = code;
}
