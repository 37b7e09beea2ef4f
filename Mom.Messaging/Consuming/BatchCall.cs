namespace Mom.Messaging.Consuming;

/// <summary>Calls the handler of a batch of one kind of message.</summary>
internal delegate Task BatchCall(IServiceProvider services, IReadOnlyList<(object Message, MessageContext Context)> messages, CancellationToken cancellationToken);
