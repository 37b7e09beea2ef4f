namespace Mom.Messaging.Errors;

/// <summary>Thrown by a handler that can never succeed with this message: it becomes a dead letter at once, without a retry.</summary>
public sealed class PermanentFailureException(string message, Exception? innerException = null) : Exception(message, innerException);
