using System.Globalization;
using Mom.LocalHost.Health;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Servers;

/// <summary>A private broker with the management plugin: own node, own data, own cookie, user <c>mom</c> and no guest.</summary>
internal sealed class RabbitMqServer(StateDirectory state, PortMap ports, Secrets secrets, Func<string, IReadOnlyList<string>> extra) : Blueprint(ResourceNames.RabbitMq, ResourceKind.Server)
{
    public const string User = "mom";

    /// <summary>The name is taken only within our own port mapper, so it need not differ from that of another clone.</summary>
    public const string NodeName = "mom@localhost";

    private string Home => state.DataOf(Name);
    private string ConfigFile => Path.Combine(Home, "rabbitmq.conf");
    private string PluginsFile => Path.Combine(Home, "enabled_plugins");

    public override IReadOnlyList<string> DependsOn => [ResourceNames.Epmd];

    public override string DataDirectory => Home;

    public override TimeSpan StartLimit => TimeSpan.FromSeconds(120);

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        PrivateFile.Write(ConfigFile, Configuration);
        await File.WriteAllTextAsync(PluginsFile, "[rabbitmq_management].\n", cancellationToken);
        PrivateFile.Write(Path.Combine(Home, ".erlang.cookie"), secrets.ErlangCookie);
    }

    public override Launch Launch(int replica) => new(
        new ProcessSpec(InstalledPrograms.RabbitMqServer, []) { WorkingDirectory = Home, Environment = Variables, StopLimit = TimeSpan.FromSeconds(30) },
        ports.RabbitMq,
        $"http://127.0.0.1:{ports.RabbitMqManagement}",
        new AllProbes(Check($"port-listener/{ports.RabbitMq}"), Check("local-alarms")));

    private Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["HOME"] = Home,
        ["RABBITMQ_NODENAME"] = NodeName,
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Home, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(Home, "log"),
        ["RABBITMQ_CONFIG_FILE"] = ConfigFile,
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = PluginsFile,
        ["RABBITMQ_PID_FILE"] = Path.Combine(Home, "pid"),
        ["RABBITMQ_DIST_PORT"] = Text(ports.RabbitMqDistribution),
        // A file of the machine's own broker must not reach into ours.
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(Home, "none.conf"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(Home, "none.config"),
        ["ERL_EPMD_PORT"] = Text(ports.Epmd),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        // Makes the script become the Erlang machine rather than wait for it: the pid that we hold is the broker's own.
        ["RABBITMQ_ALLOW_INPUT"] = "true",
        // Distribution on the loopback only.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-noinput -kernel inet_dist_use_interface {127,0,0,1}",
    };

    private string Configuration => $"""
        listeners.tcp.1 = 127.0.0.1:{ports.RabbitMq}
        management.tcp.ip = 127.0.0.1
        management.tcp.port = {ports.RabbitMqManagement}
        default_user = {User}
        default_pass = {secrets.RabbitMqPassword}
        default_user_tags.administrator = true
        default_permissions.configure = .*
        default_permissions.read = .*
        default_permissions.write = .*
        disk_free_limit.absolute = 50MB
        log.console = true
        log.console.level = info
        log.file = false
        {string.Join('\n', extra(Name))}

        """;

    private HttpProbe Check(string check) =>
        new(new Uri($"http://127.0.0.1:{ports.RabbitMqManagement}/api/health/checks/{check}"), User, secrets.RabbitMqPassword);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
