namespace Mom.Messaging.Errors;

/// <summary>
/// The broker confirmed a request, but its reply did not come in time or can no longer come. Unless the request expires with its
/// caller it is still in its queue and will be handled.
/// </summary>
public sealed class RequestTimeoutException(string message, Exception? innerException = null) : MessagingException(message, innerException);

/// <summary>The handler of a request refused it for a reason of the domain, by throwing a <see cref="RefusalException"/>.</summary>
/// <param name="code">Stable code of the reason, for programs.</param>
/// <param name="detail">The reason, for people.</param>
public sealed class RequestRefusedException(string code, string detail) : MessagingException(detail)
{
    /// <summary>Stable code of the reason, such as <c>user.email-taken</c>.</summary>
    public string Code { get; } = code;
}

/// <summary>The handler of a request crashed and will not try again. What exactly happened stands in the handler's log, not here.</summary>
public sealed class RequestFailedException(string message) : MessagingException(message);
