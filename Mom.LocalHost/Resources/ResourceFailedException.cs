namespace Mom.LocalHost.Resources;

/// <summary>A server or service did not come up.</summary>
public sealed class ResourceFailedException(string resource, string message, string log) : LocalHostException(message)
{
    /// <summary>Its name.</summary>
    public string Resource { get; } = resource;

    /// <summary>The log file that tells why.</summary>
    public string Log { get; } = log;
}
