namespace Mom.Messaging.Errors;

/// <summary>Something went wrong between a sender and a handler. The derived types say what, and whether the message may have arrived.</summary>
public abstract class MessagingException(string message, Exception? innerException = null) : Exception(message, innerException);
