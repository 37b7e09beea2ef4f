namespace Mom.Messaging.Errors;

/// <summary>The broker answered with a nack: a queue did not take the message. Another queue of the same event may have.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="innerException">Where it came from.</param>
public sealed class MessageRefusedException(string type, Exception? innerException = null)
    : MessageNotConfirmedException(
        $"The broker refused '{type}': its queue is full (max-length with reject-publish), or too few nodes of it are up. " +
        "Try again later, and let consumers empty the queue.",
        innerException);
