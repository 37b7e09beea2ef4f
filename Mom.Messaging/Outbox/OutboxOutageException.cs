namespace Mom.Messaging.Outbox;

/// <summary>The broker takes nothing at present: the relay pauses.</summary>
internal sealed class OutboxOutageException(string message) : Exception(message);
