namespace Mom.Messaging.Errors;

/// <summary>The handler of a request crashed and will not try again. What exactly happened stands in the handler's log, not here.</summary>
public sealed class RequestFailedException(string message) : MessagingException(message);
