namespace Mom.LocalHost.Ports;

/// <summary>A port that the system needs is in use by somebody else.</summary>
public sealed class PortTakenException(string message) : LocalHostException(message);
