namespace Mom.LocalHost;

/// <summary>The names of everything that runs: the same as in the Aspire AppHost, so that both hosts speak alike.</summary>
public static class ResourceNames
{
    public const string RabbitMq = "rabbitmq";
    public const string Postgres = "postgres";
    public const string Redis = "redis";
    public const string Dashboard = "dashboard";
    public const string PostgresScreen = "postgres-screen";
    public const string RedisScreen = "redis-screen";
    public const string MathService = "math-service";
    public const string DbWorker = "db-worker";
    public const string MathWorker = "math-worker";
    public const string Api = "api";
    public const string Socket = "socket";
    public const string Panel = "panel";

    /// <summary>The Erlang port mapper, RabbitMQ's companion: ours, on a port of its own, so that it ends with us.</summary>
    internal const string Epmd = "epmd";

    /// <summary>The broker, the database and the cache.</summary>
    public static IReadOnlyList<string> DataServers { get; } = [RabbitMq, Postgres, Redis];
}
