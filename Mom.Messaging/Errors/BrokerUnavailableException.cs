namespace Mom.Messaging.Errors;

/// <summary>
/// There is no connection to the broker, or it takes no messages at present; the derived types say so. Nothing was sent: try
/// again when the broker is back; the connection restores itself.
/// </summary>
public class BrokerUnavailableException(string message, Exception? innerException = null) : MessagingException(message, innerException);
