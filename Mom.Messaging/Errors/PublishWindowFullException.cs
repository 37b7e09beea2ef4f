namespace Mom.Messaging.Errors;

/// <summary>As many messages wait for the broker's confirm as the window has room for, and none got one in time. Nothing was sent.</summary>
/// <param name="window">The window's size, in messages.</param>
public sealed class PublishWindowFullException(int window)
    : BrokerUnavailableException(
        $"{window} messages wait for the broker's confirm, as many as the window has room for; nothing was sent. " +
        "Try again later. If the broker is well, publish fewer at a time or widen PublisherOptions.Window.");
