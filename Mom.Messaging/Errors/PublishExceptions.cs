namespace Mom.Messaging.Errors;

/// <summary>
/// There is no connection to the broker, or it takes no messages at present; the derived types say so. Nothing was sent: try
/// again when the broker is back; the connection restores itself.
/// </summary>
public class BrokerUnavailableException(string message, Exception? innerException = null) : MessagingException(message, innerException);

/// <summary>The broker blocks publishers, as it does when it runs out of memory or disk. Nothing was sent; consumers go on.</summary>
/// <param name="reason">The broker's message, such as <c>low on memory</c>.</param>
public sealed class PublishingBlockedException(string reason)
    : BrokerUnavailableException(
        $"The broker takes no messages at present ({reason}); nothing was sent. Try again later: it unblocks by itself once the alarm is over. " +
        "If it stays, let consumers empty the queues, or give the broker more memory or disk.");

/// <summary>As many messages wait for the broker's confirm as the window has room for, and none got one in time. Nothing was sent.</summary>
/// <param name="window">The window's size, in messages.</param>
public sealed class PublishWindowFullException(int window)
    : BrokerUnavailableException(
        $"{window} messages wait for the broker's confirm, as many as the window has room for; nothing was sent. " +
        "Try again later. If the broker is well, publish fewer at a time or widen PublisherOptions.Window.");

/// <summary>
/// The broker did not confirm a message; the derived types say why. It may have arrived all the same: publish it again with the
/// same message id, and its receiver's inbox recognises it.
/// </summary>
public abstract class MessageNotConfirmedException(string message, Exception? innerException = null) : MessagingException(message, innerException);

/// <summary>The broker answered with a nack: a queue did not take the message. Another queue of the same event may have.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="innerException">The original exception.</param>
public sealed class MessageRefusedException(string type, Exception? innerException = null)
    : MessageNotConfirmedException(
        $"The broker refused '{type}': its queue is full (max-length with reject-publish), or too few nodes of it are up. " +
        "Try again later, and let consumers empty the queue.",
        innerException);

/// <summary>The connection or its channel ended before the confirm came. The message may have arrived.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="reason">What ended it.</param>
/// <param name="innerException">The original exception.</param>
public sealed class ConnectionLostException(string type, string reason, Exception? innerException = null)
    : MessageNotConfirmedException(
        $"The connection ended before the broker confirmed '{type}' ({reason}). It restores itself: publish the message again with the same message id.",
        innerException);

/// <summary>No confirm came in time. The message may have arrived, or may arrive yet.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="after">How long it was waited for.</param>
/// <param name="blockedReason">Why the broker blocks publishers meanwhile, or <see langword="null"/> when it does not.</param>
public sealed class ConfirmTimeoutException(string type, TimeSpan after, string? blockedReason)
    : MessageNotConfirmedException(
        $"The broker did not confirm '{type}' within {after.TotalSeconds:0.#} s" +
        (blockedReason is null ? string.Empty : $", for it blocks publishers ({blockedReason})") +
        ". Publish it again later with the same message id.")
{
    /// <summary>Why the broker blocks publishers, or <see langword="null"/> when it does not: then only the message's own queue is silent.</summary>
    public string? BlockedReason { get; } = blockedReason;
}

/// <summary>No queue is bound for a message. It was not stored anywhere.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="exchange">Where it was published.</param>
/// <param name="routingKey">With which routing key.</param>
/// <param name="innerException">The original exception.</param>
public sealed class MessageUnroutableException(string type, string exchange, string routingKey, Exception? innerException = null)
    : MessagingException(
        $"No queue takes '{type}' at exchange '{exchange}' with key '{routingKey}'; it was not stored. " +
        "A queue or binding was deleted, or is missing from the topology: restart a service to have it declared again.",
        innerException);

/// <summary>Nothing was sent, and nothing ever will be: the message itself is at fault. The derived types say how.</summary>
public abstract class MessageUnsendableException(string message, Exception? innerException = null) : MessagingException(message, innerException);

/// <summary>
/// A body is larger than <see cref="Publishing.PublisherOptions.MaxBodyBytes"/>, or the headers are larger than a frame of the broker's. Nothing
/// was sent: the broker would close the channel or the connection for it, with every other publish on it.
/// </summary>
public sealed class MessageTooLargeException : MessageUnsendableException
{
    /// <summary>The body is too large.</summary>
    /// <param name="type">Wire name of the message.</param>
    /// <param name="bytes">The body's size.</param>
    /// <param name="limit">The largest allowed, in bytes.</param>
    public MessageTooLargeException(string type, int bytes, int limit)
        : base($"The body of '{type}' has {bytes:N0} bytes, and {limit:N0} are allowed. Store the data elsewhere and send a reference to it.")
    {
    }

    private MessageTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>The headers are too large.</summary>
    internal static MessageTooLargeException Headers(string type, long bytes, long limit) =>
        new($"The properties of '{type}' take {bytes:N0} bytes, and a frame of the broker has {limit:N0} (frame_max). Move what is in the headers into the body.");
}

/// <summary>A property or header cannot be written in AMQP. Nothing was sent.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="reason">What cannot be written.</param>
public sealed class MessageNotEncodableException(string type, string reason)
    : MessageUnsendableException($"'{(type.Length > 100 ? type[..100] : type)}' cannot be sent: {reason}.");

/// <summary>The broker closed a channel on which there was this message alone: it will do so each time. It was not stored.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="reason">The broker's message.</param>
/// <param name="innerException">The original exception.</param>
public sealed class MessageRejectedException(string type, string reason, Exception? innerException = null)
    : MessageUnsendableException($"The broker does not take '{type}': {reason}. Publishing it again will not help.", innerException);

/// <summary>The broker does not allow this process to publish to an exchange. The message was not stored, and is not at fault.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="reason">The broker's message.</param>
/// <param name="innerException">The original exception.</param>
public sealed class PublishForbiddenException(string type, string reason, Exception? innerException = null)
    : MessagingException($"The broker does not allow '{type}' to be published: {reason}. Give the user of this process the permission to write there.", innerException);
