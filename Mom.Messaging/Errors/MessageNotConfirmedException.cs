namespace Mom.Messaging.Errors;

/// <summary>
/// The broker did not confirm a message: it refused it, the connection broke, or no confirm came in time. The message may have
/// arrived all the same; publish it again with the same message id, its receiver recognises it.
/// </summary>
public sealed class MessageNotConfirmedException(string message, Exception? innerException = null) : MessagingException(message, innerException);
