namespace Mom.Messaging.Consuming;

/// <summary>One message of a batch.</summary>
/// <typeparam name="TMessage">The message's contract.</typeparam>
/// <param name="Message">The message.</param>
/// <param name="Context">What is known of its delivery.</param>
public sealed record Delivered<TMessage>(TMessage Message, MessageContext Context)
    where TMessage : class;
