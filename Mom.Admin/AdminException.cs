namespace Mom.Admin;

/// <summary>What was wanted cannot be done; the message says why.</summary>
internal sealed class AdminException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the command line is at fault.</summary>
    public bool IsUsage { get; init; }
}
