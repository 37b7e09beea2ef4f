namespace Mom.LocalHost.Commands;

/// <summary>The command line makes no sense.</summary>
internal sealed class UsageException(string message) : LocalHostException(message);
