namespace Mom.Messaging.Errors;

/// <summary>
/// The broker confirmed a request, but its reply did not come in time or can no longer come. Unless the request expires with its
/// caller it is still in its queue and will be handled.
/// </summary>
public sealed class RequestTimeoutException(string message, Exception? innerException = null) : MessagingException(message, innerException);
