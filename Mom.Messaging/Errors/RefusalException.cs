namespace Mom.Messaging.Errors;

/// <summary>
/// Thrown by a handler that understands a message and says no, for a reason of the domain. The sender of a request gets it as a
/// <see cref="RequestRefusedException"/>; there is no retry and no dead letter, for nothing is broken.
/// </summary>
/// <param name="code">Stable code of the reason, for programs.</param>
/// <param name="detail">The reason, for people; it is shown to the caller.</param>
public sealed class RefusalException(string code, string detail) : Exception(detail)
{
    /// <summary>Stable code of the reason, such as <c>user.email-taken</c>.</summary>
    public string Code { get; } = code;
}
