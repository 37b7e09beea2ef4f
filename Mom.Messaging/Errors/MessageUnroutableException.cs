namespace Mom.Messaging.Errors;

/// <summary>No queue is bound for a message. It was not stored anywhere.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="exchange">Where it was published.</param>
/// <param name="routingKey">With which routing key.</param>
/// <param name="innerException">Where it came from.</param>
public sealed class MessageUnroutableException(string type, string exchange, string routingKey, Exception? innerException = null)
    : MessagingException(
        $"No queue takes '{type}' at exchange '{exchange}' with key '{routingKey}'; it was not stored. " +
        "A queue or binding was deleted, or is missing from the topology: restart a service to have it declared anew.",
        innerException);
