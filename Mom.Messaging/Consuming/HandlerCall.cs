namespace Mom.Messaging.Consuming;

/// <summary>Calls the handler of one kind of message; the result is the reply, or <see langword="null"/> where there is none.</summary>
internal delegate Task<object?> HandlerCall(IServiceProvider services, object message, MessageContext context, CancellationToken cancellationToken);
