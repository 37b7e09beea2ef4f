using System.Globalization;

namespace Mom.Hosting.NativeServers.Redis;

/// <summary>A private Redis with a password, which writes every change to its append-only file. Connection string and properties are those of Aspire's container.</summary>
public sealed class NativeRedisResource : NativeServerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    /// <param name="name">The name of the resource.</param>
    /// <param name="password">The password, which may be another one at each start.</param>
    /// <param name="dataDirectory">Where it keeps its data.</param>
    public NativeRedisResource(string name, ParameterResource password, string dataDirectory)
        : base(name, dataDirectory)
    {
        ArgumentNullException.ThrowIfNull(password);
        PasswordParameter = password;
        PrimaryEndpoint = new(this, PrimaryEndpointName);
    }

    public EndpointReference PrimaryEndpoint { get; }

    public ParameterResource PasswordParameter { get; }

    /// <summary>For StackExchange.Redis: <c>host:port,password=…</c>.</summary>
    public ReferenceExpression ConnectionStringExpression
        => ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={PasswordParameter}");

    /// <summary>Lines of <c>redis.conf</c> beside our own.</summary>
    public IList<string> Configuration { get; } = [];

    /// <summary>
    /// Makes the lines of the ACL file that is read at each start, all users of the server; <see langword="null"/> for none. The password of the user
    /// <c>default</c> must be <see cref="PasswordParameter"/>. See https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/.
    /// </summary>
    public Func<CancellationToken, Task<IReadOnlyList<string>>>? AccessControl { get; set; }

    internal override IReadOnlyList<InstalledProgram> Programs => [InstalledProgram.RedisServer];

    internal override IEnumerable<object> CommandLine => [InstalledProgram.RedisServer.Path!, ConfigurationFile];

    private string AccessControlFile => Path.Combine(DataDirectory, "users.acl");

    private string ConfigurationFile => Path.Combine(DataDirectory, "redis.conf");

    internal override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        // In a file rather than on the command line: that one everybody on the machine can read.
        var password = await PasswordParameter.GetValueAsync(cancellationToken);
        if (AccessControl is not null)
            PrivateFile.Write(AccessControlFile, string.Join('\n', [.. await AccessControl(cancellationToken), string.Empty]));
        PrivateFile.Write(ConfigurationFile, string.Join('\n', [
            "bind 127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"port {PrimaryEndpoint.Port}"),
            AccessControl is null ? $"requirepass {password}" : $"aclfile \"{AccessControlFile}\"",
            $"dir \"{DataDirectory}\"",
            "appendonly yes",
            "save \"\"",
            "daemonize no",
            .. Configuration,
            string.Empty,
        ]));
    }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Port)}")),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", ReferenceExpression.Create($"redis://:{PasswordParameter:uri}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}")),
    ];
}
