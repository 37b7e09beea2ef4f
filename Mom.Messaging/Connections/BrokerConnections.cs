namespace Mom.Messaging.Connections;

/// <summary>
/// The two connections of a process. The broker blocks connections that publish when it runs out of memory or disk; consumers
/// must go on then, so that the queues get shorter.
/// </summary>
internal sealed record BrokerConnections(BrokerConnection Publish, BrokerConnection Consume);
