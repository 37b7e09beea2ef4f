using System.Text.Json.Nodes;
using Mom.Hosting.NativeServers.Postgres;
using Mom.Hosting.NativeServers.Redis;

namespace Mom.Hosting.NativeServers;

/// <summary>Screens that show what is in a native server, where their programs are installed; without them nothing is added.</summary>
public static class Screens
{
    // Where Debian's package has it.
    private const string AdminerFile = "/usr/share/adminer/adminer.php";

    /// <summary>Adds Adminer, one PHP file on PHP's own server: tables in the browser. It asks for the password of Postgres.</summary>
    /// <param name="server">The database server.</param>
    /// <param name="port">Its TCP port; a free one when it is <see langword="null"/>.</param>
    public static IResourceBuilder<NativePostgresServerResource> WithAdminer(this IResourceBuilder<NativePostgresServerResource> server, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (!File.Exists(AdminerFile) || InstalledProgram.PathOf("php") is not { } php)
            return server;

        var database = server.Resource.PrimaryEndpoint;
        var screen = server.AddScreen("adminer", php, port, url =>
        {
            url.DisplayText = "Tables (Adminer)";
            url.Url = $"/?pgsql=127.0.0.1:{database.Port}&username=postgres";
        });
        screen.WithArgs("-S", ReferenceExpression.Create($"{screen.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}"), AdminerFile);
        return server;
    }

    /// <summary>Adds Redis Commander: keys in the browser. It asks for the user <c>redis</c> and the password of Redis.</summary>
    /// <param name="server">The cache.</param>
    /// <param name="script">Its program, <c>redis-commander.js</c> of the npm package.</param>
    /// <param name="port">Its TCP port; a free one when it is <see langword="null"/>.</param>
    public static IResourceBuilder<NativeRedisResource> WithRedisCommander(this IResourceBuilder<NativeRedisResource> server, string script, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (!File.Exists(script) || InstalledProgram.PathOf("node") is not { } node)
            return server;

        var screen = server.AddScreen("redis-commander", node, port, url => url.DisplayText = "Keys (Redis Commander)");
        screen.WithArgs(script).WithEnvironment(async context =>
        {
            // Not as arguments: those everybody on the machine can read.
            var password = await server.Resource.PasswordParameter.GetValueAsync(context.CancellationToken);
            context.EnvironmentVariables["HOME"] = server.Resource.DataDirectory;
            context.EnvironmentVariables["NODE_CONFIG"] = RedisCommander(screen.GetEndpoint("http").Port, server.Resource.PrimaryEndpoint.Port, password!);
        });
        return server;
    }

    private static IResourceBuilder<ExecutableResource> AddScreen<T>(this IResourceBuilder<T> server, string name, string program, int? port, Action<ResourceUrlAnnotation> link)
        where T : NativeServerResource
        => server.ApplicationBuilder.AddExecutable(name, program, server.Resource.DataDirectory)
            .WithEndpoint(port: port, targetPort: port, scheme: "http", name: "http", isProxied: false)
            .WithEndpoint("http", endpoint => endpoint.TargetHost = "127.0.0.1")
            .WithUrlForEndpoint("http", link)
            .WithHttpHealthCheck("/")
            .WithParentRelationship(server)
            .WaitFor(server)
            .ExcludeFromManifest();

    private static string RedisCommander(int port, int server, string password) => new JsonObject
    {
        ["noSave"] = true,
        ["server"] = new JsonObject
        {
            ["address"] = "127.0.0.1",
            ["port"] = port,
            // For its own login: Redis itself has only a password.
            ["httpAuth"] = new JsonObject { ["username"] = "redis", ["password"] = password },
        },
        ["connections"] = new JsonArray(new JsonObject
        {
            ["label"] = "redis",
            ["host"] = "127.0.0.1",
            ["port"] = server,
            ["password"] = password,
            ["dbIndex"] = 0,
        }),
    }.ToJsonString();
}
