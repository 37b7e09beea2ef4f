using System.Security.Cryptography;

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
    public static string SigningKey { get; } = NewSigningKey();

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
        $"--Parameters:jwt-signing-key={SigningKey}",
    ];

    private static string NewSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }
}
