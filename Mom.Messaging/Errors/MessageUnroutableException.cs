namespace Mom.Messaging.Errors;

/// <summary>No queue is bound for a message. It was not stored anywhere: check that the topology was declared.</summary>
public sealed class MessageUnroutableException(string message, Exception? innerException = null) : MessagingException(message, innerException);
