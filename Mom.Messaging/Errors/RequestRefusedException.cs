namespace Mom.Messaging.Errors;

/// <summary>The handler of a request refused it for a reason of the domain, by throwing a <see cref="RefusalException"/>.</summary>
/// <param name="code">Stable code of the reason, for programs.</param>
/// <param name="detail">The reason, for people.</param>
public sealed class RequestRefusedException(string code, string detail) : MessagingException(detail)
{
    /// <summary>Stable code of the reason, such as <c>user.email-taken</c>.</summary>
    public string Code { get; } = code;
}
