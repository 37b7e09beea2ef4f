using System.Globalization;
using System.Security.Cryptography;
using Mom.Hosting.Ports;

namespace Mom.Hosting.NativeServers.RabbitMQ;

/// <summary>A private broker: own node, own data, own cookie, own port mapper. Connection string and properties are those of Aspire's container.</summary>
public sealed class NativeRabbitMQServerResource : NativeServerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    internal const string ManagementEndpointName = "management";

    // As in the container's image.
    private const string DefaultUserName = "guest";

    /// <summary>The name is taken only within our own port mapper, so it need not differ from that of another clone.</summary>
    private const string NodeName = "rabbit@localhost";

    private int _mapperPort;
    private int _distributionPort;

    /// <param name="name">The name of the resource.</param>
    /// <param name="userName">The user's name; <c>guest</c> when it is <see langword="null"/>.</param>
    /// <param name="password">The user's password, which holds from the first start on empty data on.</param>
    /// <param name="dataDirectory">Where it keeps its data.</param>
    public NativeRabbitMQServerResource(string name, ParameterResource? userName, ParameterResource password, string dataDirectory)
        : base(name, dataDirectory)
    {
        ArgumentNullException.ThrowIfNull(password);
        UserNameParameter = userName;
        PasswordParameter = password;
        PrimaryEndpoint = new(this, PrimaryEndpointName);
        ManagementEndpoint = new(this, ManagementEndpointName);
    }

    /// <summary>Where AMQP is spoken.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>Where the management screen and its HTTP API are, after <see cref="NativeRabbitMQExtensions.WithManagementPlugin"/>.</summary>
    public EndpointReference ManagementEndpoint { get; }

    public ParameterResource? UserNameParameter { get; }

    public ParameterResource PasswordParameter { get; }

    /// <summary>The user's name.</summary>
    public ReferenceExpression UserNameReference
        => UserNameParameter is null ? ReferenceExpression.Create($"{DefaultUserName}") : ReferenceExpression.Create($"{UserNameParameter}");

    /// <summary>AMQP URI: <c>amqp://user:password@host:port</c>.</summary>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var builder = new ReferenceExpressionBuilder();
            builder.AppendLiteral("amqp://");
            if (UserNameParameter is null)
                builder.AppendLiteral(DefaultUserName);
            else
                builder.Append($"{UserNameParameter:uri}");
            builder.AppendLiteral(":");
            builder.Append($"{PasswordParameter:uri}");
            builder.AppendLiteral("@");
            builder.Append($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
            return builder.Build();
        }
    }

    /// <summary>Lines of <c>rabbitmq.conf</c> beside our own.</summary>
    public IList<string> Configuration { get; } = [];

    /// <summary>
    /// Makes the definitions (users, permissions; JSON) that the broker loads at each start, also on empty data; <see langword="null"/> for none. With
    /// definitions the broker makes no default user: they must contain <see cref="UserNameReference"/>.
    /// </summary>
    public Func<CancellationToken, Task<string>>? Definitions { get; set; }

    internal override IReadOnlyList<InstalledProgram> Programs => [InstalledProgram.RabbitMQServer, InstalledProgram.Epmd];

    internal override IEnumerable<object> CommandLine => [InstalledProgram.RabbitMQServer.Path!];

    /// <remarks>
    /// The broker would start one by itself that stays behind for ever and is shared by the whole machine; this one is ours alone and ends
    /// with the broker.
    /// </remarks>
    internal override string Helper => string.Create(CultureInfo.InvariantCulture, $"{InstalledProgram.Epmd.Path} -address 127.0.0.1 -port {_mapperPort}");

    private bool HasManagement => this.TryGetEndpoints(out var endpoints) && endpoints.Any(endpoint => endpoint.Name is ManagementEndpointName);

    private string PluginsFile => Path.Combine(DataDirectory, "enabled_plugins");

    private string ConfigurationFile => Path.Combine(DataDirectory, "rabbitmq.conf");

    private string DefinitionsFile => Path.Combine(DataDirectory, "definitions.json");

    private string CookieFile => Path.Combine(DataDirectory, ".erlang.cookie");

    internal IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HOME"] = DataDirectory,
        ["RABBITMQ_NODENAME"] = NodeName,
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(DataDirectory, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(DataDirectory, "log"),
        ["RABBITMQ_CONFIG_FILE"] = ConfigurationFile,
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = PluginsFile,
        ["RABBITMQ_PID_FILE"] = Path.Combine(DataDirectory, "pid"),
        ["RABBITMQ_DIST_PORT"] = _distributionPort.ToString(CultureInfo.InvariantCulture),
        // A file of the machine's own broker must not reach into ours.
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(DataDirectory, "none.conf"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(DataDirectory, "none.config"),
        ["ERL_EPMD_PORT"] = _mapperPort.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        // Makes the script become the Erlang machine rather than wait for it: signals reach the broker itself.
        ["RABBITMQ_ALLOW_INPUT"] = "true",
        // Distribution on the loopback only. And a limit in milliseconds to a stop: the message stores are closed in the first moments of
        // it, but the management plugin takes 5 s for nothing, and after 6 s the orchestrator kills what has not ended.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-noinput -shutdown_time 4000 -kernel inet_dist_use_interface {127,0,0,1}",
    };

    internal override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var user = await UserNameReference.GetValueAsync(cancellationToken);
        var password = await PasswordParameter.GetValueAsync(cancellationToken);
        PasswordRecord.Check(this, PasswordParameter, password!);
        (_mapperPort, _distributionPort) = FreePorts.Take(2) is [var first, var second] ? (first, second) : default;
        PrivateFile.Write(ConfigurationFile, ConfigurationOf(user!, password!));
        if (Definitions is not null)
            PrivateFile.Write(DefinitionsFile, await Definitions(cancellationToken));
        await File.WriteAllTextAsync(PluginsFile, HasManagement ? "[rabbitmq_management].\n" : "[].\n", cancellationToken);
        if (!File.Exists(CookieFile))
            PrivateFile.Write(CookieFile, RandomNumberGenerator.GetHexString(32));
    }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Port)}")),
        new("Username", UserNameReference),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", ConnectionStringExpression),
    ];

    private string ConfigurationOf(string user, string password)
    {
        string[] management = HasManagement
            ? ["management.tcp.ip = 127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"management.tcp.port = {ManagementEndpoint.Port}")]
            : [];
        return string.Join('\n', [
            string.Create(CultureInfo.InvariantCulture, $"listeners.tcp.1 = 127.0.0.1:{PrimaryEndpoint.Port}"),
            .. management,
            $"default_user = {user}",
            $"default_pass = {password}",
            "default_user_tags.administrator = true",
            "default_permissions.configure = .*",
            "default_permissions.read = .*",
            "default_permissions.write = .*",
            "disk_free_limit.absolute = 50MB",
            "log.console = true",
            "log.console.level = info",
            "log.file = false",
            .. (string[])(Definitions is null ? [] : [$"load_definitions = {DefinitionsFile}"]),
            .. Configuration,
            string.Empty,
        ]);
    }
}
