namespace Aspire.RabbitMQ.Client;

/// <summary>Settings of <c>AddRabbitMQClient</c>, from the section <c>Aspire:RabbitMQ:Client</c>; the same as in Aspire.RabbitMQ.Client.</summary>
public sealed class RabbitMQClientSettings
{
    /// <summary>An AMQP URI: <c>amqp://user:password@host:port</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How often the first connection is tried again, after 1 s, 2 s, 4 s and so on. 0: not at all.</summary>
    public int MaxConnectRetryCount { get; set; } = 5;

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    /// <summary><see langword="false"/>: connect when the host starts, and fail the start when the broker is away.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
