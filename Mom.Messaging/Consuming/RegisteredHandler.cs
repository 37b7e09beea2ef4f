namespace Mom.Messaging.Consuming;

/// <summary>One handler of this process, as it was added to a consumer. All of them are services: middleware looks here for what it has to know of a handler.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Message">The type of message.</param>
/// <param name="Handler">The class that handles it.</param>
public sealed record RegisteredHandler(string Queue, Type Message, Type Handler);
