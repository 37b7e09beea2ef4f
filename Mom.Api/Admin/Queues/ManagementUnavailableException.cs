namespace Mom.Api.Admin.Queues;

/// <summary>The broker's management API cannot be reached, or does not answer as it should.</summary>
internal sealed class ManagementUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
