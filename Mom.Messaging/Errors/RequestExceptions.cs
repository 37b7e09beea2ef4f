namespace Mom.Messaging.Errors;

/// <summary>
/// The broker confirmed a request, but its reply did not come in time or can no longer come. Unless the request expires with its
/// caller it is still in its queue and will be handled.
/// </summary>
public class RequestTimeoutException(string message, Exception? innerException = null) : MessagingException(message, innerException);

/// <summary>
/// The broker confirmed a command, but its reply will not come: a server that its handler needs is unavailable, or its first attempt
/// failed. It is kept and will be handled.
/// </summary>
public sealed class RequestDeferredException(string message) : RequestTimeoutException(message);

/// <summary>A query was not handled because a server that its handler needs is unavailable. Ask again after the outage.</summary>
public sealed class RequestUnavailableException(string message) : MessagingException(message);

/// <summary>The handler of a request refused it for a reason of the domain, by throwing a <see cref="RefusalException"/>.</summary>
/// <param name="code">Stable code of the reason, for programs.</param>
/// <param name="detail">The reason, for people.</param>
public sealed class RequestRefusedException(string code, string detail) : MessagingException(detail)
{
    /// <summary>Stable code of the reason, such as <c>user.email-taken</c>.</summary>
    public string Code { get; } = code;
}

/// <summary>
/// The handler of a request failed with it and would fail again: sending the same once more does not help. What exactly happened stands in
/// the handler's log, not here.
/// </summary>
public sealed class RequestFailedException(string message) : MessagingException(message);
