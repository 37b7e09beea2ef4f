using Mom.Hosting.Ports;
using Mom.Testing;
using Mom.Tests.Support;
using StackExchange.Redis;

namespace Mom.Tests.SystemTests;

/// <summary>
/// Redis as Aspire runs it where there is a trusted developer certificate: it speaks TLS, and the connection string says <c>ssl=true</c>.
/// </summary>
[Trait("Group", "system")]
[Trait("System", "own")]
public sealed class RedisOverTlsTests
{
    private static readonly string[] WithRedis = [ResourceNames.Api, ResourceNames.Socket, ResourceNames.DbWorker, ResourceNames.MathWorker];

    [Fact]
    public async Task Sessions_jobs_and_pushes_go_all_the_way_when_redis_speaks_TLS()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux is a process told by a variable whom it trusts.");
        using var certificate = new DeveloperCertificate();
        var port = FreePorts.Take(1)[0];
        IReadOnlyDictionary<string, string> EnvironmentOf(string service) => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SSL_CERT_FILE"] = certificate.CertificateFile,
            // The form that Aspire gives it.
            ["ConnectionStrings__redis"] = $"localhost:{port},user={service},password={RunSettings.PasswordOf($"redis-{service}")},ssl=true",
        };
        await using var system = await RunningSystem.StartAsync(
            new SystemOptions
            {
                Name = "tests-tls",
                Only = [.. ResourceNames.Servers, ResourceNames.MathService, ResourceNames.Deployer, .. WithRedis],
                Configuration = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
                {
                    // The plain port stays for the health check of the AppHost.
                    [ResourceNames.Redis] = [$"tls-port {port}", $"tls-cert-file {certificate.CertificateFile}", $"tls-key-file {certificate.KeyFile}", "tls-auth-clients no"],
                },
                Environment = WithRedis.ToDictionary(service => service, EnvironmentOf, StringComparer.Ordinal),
            },
            TestContext.Current.CancellationToken);

        using var user = await ApiUser.RegisterAsync(system.Api);
        await using var socket = await Listener.ConnectAsync(system.Socket, user);
        var job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""");

        Assert.Equal("6", (await user.DoneAsync(job.Id)).Details[0].Result);
        await socket.DoneAsync(job.Id);
        // As many as there are services, at the least.
        Assert.True(await CountAsync(system, port) >= WithRedis.Length);
    }

    // How many clients have come by the port that speaks TLS.
    private static async Task<int> CountAsync(RunningSystem system, int port)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{system.Connections.Redis},allowAdmin=true");
        var clients = await redis.GetServers()[0].ClientListAsync();
        return clients.Count(client => client.Raw!.Contains($" laddr=127.0.0.1:{port} ", StringComparison.Ordinal));
    }
}
