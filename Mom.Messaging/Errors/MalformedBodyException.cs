namespace Mom.Messaging.Errors;

/// <summary>A delivered message has a body that is not what its contract says.</summary>
public sealed class MalformedBodyException(string message, Exception? innerException = null) : MessagingException(message, innerException);
