namespace Mom.Hosting.Ports;

/// <summary>A port and what it is needed for.</summary>
/// <param name="Port">The TCP port.</param>
/// <param name="Purpose">For people, such as "rabbitmq (tcp)".</param>
internal sealed record PortUse(int Port, string Purpose);
