using Mom.LocalHost;
using Mom.LocalHost.Ports;
using Mom.Tests.Host;
using Mom.Tests.Support;
using StackExchange.Redis;

namespace Mom.Tests.SystemTests;

/// <summary>
/// Redis as Aspire runs it where there is a trusted developer certificate: it speaks TLS, and the connection string says <c>ssl=true</c>.
/// </summary>
[Trait("Group", "system")]
public sealed class RedisOverTlsTests
{
    private static readonly string[] WithRedis = [ResourceNames.Api, ResourceNames.Socket, ResourceNames.DbWorker, ResourceNames.MathWorker];

    [Fact]
    public async Task Sessions_jobs_and_pushes_go_all_the_way_when_redis_speaks_TLS()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux is a process told by a variable whom it trusts.");
        using var certificate = new DeveloperCertificate();
        var port = FreePorts.One();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SSL_CERT_FILE"] = certificate.CertificateFile };
        await using var host = new PrivateSystem([.. WithRedis, ResourceNames.MathService, .. ResourceNames.DataServers], options => options with
        {
            ExtraConfiguration = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
            {
                // The plain port stays for the probe of the local host.
                [ResourceNames.Redis] = [$"tls-port {port}", $"tls-cert-file {certificate.CertificateFile}", $"tls-key-file {certificate.KeyFile}", "tls-auth-clients no"],
            },
            ExtraEnvironment = WithRedis.ToDictionary(service => service, IReadOnlyDictionary<string, string> (_) => environment, StringComparer.Ordinal),
        });
        // The form that Aspire gives it.
        environment["ConnectionStrings__redis"] = $"localhost:{port},password={host.System.Secrets.RedisPassword},ssl=true";
        await host.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        using var user = await ApiUser.RegisterAsync(host.System.Urls.Api);
        await using var socket = await Listener.ConnectAsync(host.System.Urls.Socket, user);
        var job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""");

        Assert.Equal("6", (await user.DoneAsync(job.Id)).Details[0].Result);
        await Eventually.TrueAsync(() => Task.FromResult(socket.Pushed.Any(pushed => pushed.Id == job.Id && pushed.Done)), "the end of the job should be pushed");
        Assert.Empty(await NamedClientsAsync(host.System, host.Options.Ports.Redis));
        Assert.NotEmpty(await NamedClientsAsync(host.System, port));
    }

    // Whoever is a StackExchange.Redis has a name; the probe has none. But for the one that asks.
    private static async Task<IReadOnlyList<string>> NamedClientsAsync(LocalSystem system, int port)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{system.Connections.Redis},name=asking,allowAdmin=true");
        var clients = await redis.GetServers()[0].ClientListAsync();
        return [.. clients.Where(client => client.Name is { Length: > 0 } and not "asking" && client.Raw!.Contains($" laddr=127.0.0.1:{port} ", StringComparison.Ordinal)).Select(client => client.Raw!)];
    }
}
