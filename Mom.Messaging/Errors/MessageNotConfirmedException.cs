namespace Mom.Messaging.Errors;

/// <summary>
/// The broker did not confirm a message; the derived types say why. It may have arrived all the same: publish it again with the
/// same message id, and its receiver's inbox recognises it.
/// </summary>
public abstract class MessageNotConfirmedException(string message, Exception? innerException = null) : MessagingException(message, innerException);
