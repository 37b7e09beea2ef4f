namespace Mom.Messaging.Errors;

/// <summary>The connection or its channel ended before the confirm came. The message may have arrived.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="reason">What ended it.</param>
/// <param name="innerException">Where it came from.</param>
public sealed class ConnectionLostException(string type, string reason, Exception? innerException = null)
    : MessageNotConfirmedException(
        $"The connection ended before the broker confirmed '{type}' ({reason}). It restores itself: publish the message again with the same message id.",
        innerException);
