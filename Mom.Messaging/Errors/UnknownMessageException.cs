namespace Mom.Messaging.Errors;

/// <summary>A delivered message has a type or version that nothing here handles.</summary>
public sealed class UnknownMessageException(string message) : MessagingException(message);
