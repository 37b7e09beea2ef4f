using System.Globalization;
using Mom.Hosting.NativeServers.Processes;

namespace Mom.Hosting.NativeServers.Postgres;

/// <summary>A private Postgres; TCP on the loopback only. Connection string and properties are those of Aspire's container.</summary>
public sealed class NativePostgresServerResource : NativeServerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    // As in the container's image.
    private const string DefaultUserName = "postgres";

    private readonly PostgresCluster _cluster;

    /// <param name="name">The name of the resource.</param>
    /// <param name="userName">The superuser's name; <c>postgres</c> when it is <see langword="null"/>.</param>
    /// <param name="password">The superuser's password, which holds from the first start on empty data on.</param>
    /// <param name="dataDirectory">Where it keeps its data. Under root, and where the user <c>postgres</c> cannot get there: below <c>/var/tmp</c>.</param>
    public NativePostgresServerResource(string name, ParameterResource? userName, ParameterResource password, string dataDirectory)
        : base(name, PostgresCluster.HomeFor(dataDirectory))
    {
        ArgumentNullException.ThrowIfNull(password);
        UserNameParameter = userName;
        PasswordParameter = password;
        PrimaryEndpoint = new(this, PrimaryEndpointName);
        _cluster = new PostgresCluster(name, DataDirectory);
    }

    public EndpointReference PrimaryEndpoint { get; }

    public ParameterResource? UserNameParameter { get; }

    public ParameterResource PasswordParameter { get; }

    /// <summary>The superuser's name.</summary>
    public ReferenceExpression UserNameReference
        => UserNameParameter is null ? ReferenceExpression.Create($"{DefaultUserName}") : ReferenceExpression.Create($"{UserNameParameter}");

    /// <summary>For Npgsql: <c>Host=…;Port=…;Username=…;Password=…</c>, without a database.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={PrimaryEndpoint.Property(EndpointProperty.Host)};Port={PrimaryEndpoint.Property(EndpointProperty.Port)};Username={UserNameReference};Password={PasswordParameter}");

    /// <summary>Settings of <c>postgresql.conf</c> beside our own, each as <c>name=value</c>.</summary>
    public IList<string> Configuration { get; } = [];

    internal override IReadOnlyList<InstalledProgram> Programs => [InstalledProgram.Postgres];

    /// <remarks>Fast shutdown: for SIGTERM it would wait until the last client has left.</remarks>
    internal override Signal StopSignal => Signal.Interrupt;

    internal override IEnumerable<object> CommandLine =>
    [
        .. PostgresUser.Prefix,
        Path.Combine(_cluster.Programs, "postgres"),
        "-D", _cluster.Data,
        "-c", "listen_addresses=127.0.0.1",
        "-c", string.Create(CultureInfo.InvariantCulture, $"port={PrimaryEndpoint.Port}"),
        "-c", "unix_socket_directories=",
        "-c", "max_connections=300",
        .. Configuration.SelectMany(setting => (string[])["-c", setting]),
    ];

    internal override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var user = await UserNameReference.GetValueAsync(cancellationToken);
        var password = await PasswordParameter.GetValueAsync(cancellationToken);
        PasswordRecord.Check(this, PasswordParameter, password!);
        await Task.Run(() => _cluster.Ensure(user!, password!), cancellationToken);
    }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Port)}")),
        new("Username", UserNameReference),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
    ];
}
