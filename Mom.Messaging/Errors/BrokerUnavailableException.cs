namespace Mom.Messaging.Errors;

/// <summary>
/// There is no connection to the broker, or the broker blocks publishers (memory or disk alarm). Nothing was sent: try again
/// when the broker is back; the connection restores itself.
/// </summary>
public sealed class BrokerUnavailableException(string message, Exception? innerException = null) : MessagingException(message, innerException);
