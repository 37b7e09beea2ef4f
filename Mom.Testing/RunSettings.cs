using Mom.Contracts.Callers;

namespace Mom.Testing;

/// <summary>Settings of a run of the AppHost that leaves a developer's own data and user secrets alone.</summary>
public static class RunSettings
{
    public const string AdminEmail = "admin@mom.local";
    public const string AdminPassword = "Admin-password-of-a-test-1";
    public const string RabbitMqPassword = "rabbitmqpasswordofatest";
    public const string PostgresPassword = "postgrespasswordofatest";
    public const string RedisPassword = "redispasswordofatest";

    /// <summary>The key that signs tokens: PKCS #8 in base64, another one in each process.</summary>
    public static string SigningKey { get; } = P256KeyPair.New();

    /// <summary>The key by which the API says who its callers are, another one in each process.</summary>
    public static string CallerPrivateKey { get; } = P256KeyPair.New();

    // As the AppHost names the parameters: the server, and the user that a service has there.
    private static readonly string[] ServiceLogins =
    [
        "rabbitmq-deployer", "rabbitmq-api", "rabbitmq-api-monitoring", "rabbitmq-db-worker", "rabbitmq-math-worker", "rabbitmq-socket",
        "redis-api", "redis-db-worker", "redis-math-worker", "redis-socket",
        "postgres-mom-owner", "postgres-db-worker",
    ];

    /// <summary>The password of a service's user at a server, such as <c>rabbitmq-api</c>.</summary>
    public static string PasswordOf(string login) => $"{login.Replace("-", string.Empty, StringComparison.Ordinal)}passwordofatest";

    /// <param name="servers"><c>native</c> or <c>container</c>.</param>
    /// <param name="data">The directory of the servers' data.</param>
    /// <returns>Arguments, each as <c>--name=value</c>.</returns>
    public static IEnumerable<string> Of(string servers, string data) =>
    [
        $"--Servers={servers}",
        $"--NativeServers:Data={data}",
        "--Screens=false",
        $"--Parameters:admin-email={AdminEmail}",
        $"--Parameters:admin-password={AdminPassword}",
        $"--Parameters:rabbitmq-password={RabbitMqPassword}",
        $"--Parameters:postgres-password={PostgresPassword}",
        $"--Parameters:redis-password={RedisPassword}",
        .. ServiceLogins.Select(login => $"--Parameters:{login}-password={PasswordOf(login)}"),
        $"--Parameters:caller-key={CallerPrivateKey}",
        $"--Parameters:jwt-signing-key={SigningKey}",
    ];
}
