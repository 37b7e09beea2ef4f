namespace Mom.LocalHost.Ports;

/// <summary>A port and what it is needed for.</summary>
/// <param name="Port">The TCP port.</param>
/// <param name="Resource">The resource that will listen on it.</param>
/// <param name="Purpose">For people, such as "AMQP of rabbitmq".</param>
public sealed record PortUse(int Port, string Resource, string Purpose)
{
    /// <summary>Every fixed port of the map, in the order in which the parts start.</summary>
    public static IReadOnlyList<PortUse> Of(PortMap ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        return
        [
            new(ports.RabbitMq, ResourceNames.RabbitMq, "the broker (AMQP)"),
            new(ports.RabbitMqManagement, ResourceNames.RabbitMq, "the broker's management screen"),
            new(ports.RabbitMqDistribution, ResourceNames.RabbitMq, "the broker's Erlang distribution"),
            new(ports.Epmd, ResourceNames.RabbitMq, "the broker's Erlang port mapper"),
            new(ports.Postgres, ResourceNames.Postgres, "the database"),
            new(ports.Redis, ResourceNames.Redis, "the cache"),
            new(ports.PostgresScreen, ResourceNames.PostgresScreen, "the database's screen"),
            new(ports.RedisScreen, ResourceNames.RedisScreen, "the cache's screen"),
            new(ports.Dashboard, ResourceNames.Dashboard, "the Aspire dashboard"),
            new(ports.OtlpGrpc, ResourceNames.Dashboard, "telemetry over gRPC"),
            new(ports.OtlpHttp, ResourceNames.Dashboard, "telemetry over HTTP"),
            new(ports.MathService, ResourceNames.MathService, "the math service"),
            new(ports.Api, ResourceNames.Api, "the HTTP API"),
            new(ports.Socket, ResourceNames.Socket, "the socket"),
            new(ports.Panel, ResourceNames.Panel, "the panel"),
        ];
    }
}
