using Mom.LocalHost.Ports;
using Mom.LocalHost.Servers;
using Mom.LocalHost.State;

namespace Mom.LocalHost;

/// <summary>How the three servers are reached, with passwords: not for logs.</summary>
public sealed class ConnectionStrings(PortMap ports, Secrets secrets)
{
    /// <summary>AMQP URI of the broker.</summary>
    public string RabbitMq { get; } = $"amqp://{RabbitMqServer.User}:{secrets.RabbitMqPassword}@127.0.0.1:{ports.RabbitMq}";

    /// <summary>For Npgsql.</summary>
    public string Momdb { get; } =
        $"Host=127.0.0.1;Port={ports.Postgres};Username={PostgresCluster.User};Password={secrets.PostgresPassword};Database={PostgresCluster.Database}";

    /// <summary>For StackExchange.Redis.</summary>
    public string Redis { get; } = $"127.0.0.1:{ports.Redis},password={secrets.RedisPassword}";
}
