using RabbitMQ.Client;

namespace Mom.Messaging.Testing.Broker;

/// <summary>Connects a process to the broker in memory, as the user that it names.</summary>
internal sealed class MemoryConnectionFactory(MemoryBroker broker, string user) : IConnectionFactory
{
    public IDictionary<string, object?> ClientProperties { get; set; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    public string Password { get; set; } = string.Empty;

    public ushort RequestedChannelMax { get; set; }

    public uint RequestedFrameMax { get; set; }

    public TimeSpan RequestedHeartbeat { get; set; }

    public string UserName { get; set; } = user;

    public string VirtualHost { get; set; } = "/";

    public ICredentialsProvider? CredentialsProvider { get; set; }

    public Uri Uri { get; set; } = new("amqp://in-memory");

    public string? ClientProvidedName { get; set; }

    public TimeSpan HandshakeContinuationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan ContinuationTimeout { get; set; } = TimeSpan.FromSeconds(20);

    public ushort ConsumerDispatchConcurrency { get; set; } = 1;

    public IAuthMechanismFactory? AuthMechanismFactory(IEnumerable<string> mechanismNames) => null;

    public Task<IConnection> CreateConnectionAsync(CancellationToken cancellationToken = default) => CreateConnectionAsync(string.Empty, cancellationToken);

    public Task<IConnection> CreateConnectionAsync(string clientProvidedName, CancellationToken cancellationToken = default) =>
        Task.FromResult<IConnection>(new MemoryConnection(broker, clientProvidedName));

    public Task<IConnection> CreateConnectionAsync(IEnumerable<string> hostnames, CancellationToken cancellationToken = default) =>
        CreateConnectionAsync(string.Empty, cancellationToken);

    public Task<IConnection> CreateConnectionAsync(IEnumerable<string> hostnames, string clientProvidedName, CancellationToken cancellationToken = default) =>
        CreateConnectionAsync(clientProvidedName, cancellationToken);

    public Task<IConnection> CreateConnectionAsync(IEnumerable<AmqpTcpEndpoint> endpoints, CancellationToken cancellationToken = default) =>
        CreateConnectionAsync(string.Empty, cancellationToken);

    public Task<IConnection> CreateConnectionAsync(IEnumerable<AmqpTcpEndpoint> endpoints, string clientProvidedName, CancellationToken cancellationToken = default) =>
        CreateConnectionAsync(clientProvidedName, cancellationToken);
}
