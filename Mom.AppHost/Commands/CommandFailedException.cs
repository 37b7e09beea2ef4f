using System.Net;

namespace Mom.AppHost.Commands;

/// <summary>A command could not be carried out; the message says why, for the person who gave it.</summary>
internal sealed class CommandFailedException(string message) : Exception(message)
{
    /// <summary>What the API answered, if it did.</summary>
    public HttpStatusCode? Status { get; init; }
}
