namespace Mom.AppHost.Commands;

/// <summary>A command could not be carried out; the message says why, for the person who gave it.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
