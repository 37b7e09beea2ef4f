namespace Mom.Messaging.Errors;

/// <summary>
/// A body is larger than <see cref="Publishing.PublisherOptions.MaxBodyBytes"/>. Nothing was sent: the broker would close the
/// channel for it, with every other publish on it.
/// </summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="bytes">The body's size.</param>
/// <param name="limit">The largest allowed, in bytes.</param>
public sealed class MessageTooLargeException(string type, int bytes, int limit)
    : MessagingException($"The body of '{type}' has {bytes:N0} bytes, and {limit:N0} are allowed. Store the data elsewhere and send a reference to it.");
