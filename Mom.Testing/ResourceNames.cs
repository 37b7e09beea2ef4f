namespace Mom.Testing;

/// <summary>The names of everything that runs, as <c>AppHost.cs</c> gives them.</summary>
public static class ResourceNames
{
    public const string RabbitMq = "rabbitmq";
    public const string Postgres = "postgres";
    public const string Momdb = "momdb";
    public const string Redis = "redis";
    public const string MathService = "math-service";
    public const string Deployer = "deployer";
    public const string DbWorker = "db-worker";
    public const string MathWorker = "math-worker";
    public const string Api = "api";
    public const string Socket = "socket";
    public const string Panel = "panel";

    /// <summary>The broker, the database with its server, and the cache.</summary>
    public static IReadOnlyList<string> Servers { get; } = [RabbitMq, Postgres, Momdb, Redis];
}
