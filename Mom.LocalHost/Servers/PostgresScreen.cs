using Mom.LocalHost.Health;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Servers;

/// <summary>Adminer, one PHP file, on PHP's own server: tables in the browser. It asks for the password of Postgres.</summary>
internal sealed class PostgresScreen(StateDirectory state, PortMap ports) : Blueprint(ResourceNames.PostgresScreen, ResourceKind.Server)
{
    /// <summary>Where Debian's package has it.</summary>
    private const string Adminer = "/usr/share/adminer/adminer.php";

    private readonly SystemUrls _urls = new(ports);

    public static bool IsInstalled => File.Exists(Adminer) && InstalledPrograms.Php is not null;

    public override bool IsRequired => false;

    public override IReadOnlyList<string> DependsOn => [ResourceNames.Postgres];

    public override Launch Launch(int replica) => new(
        new ProcessSpec(InstalledPrograms.Php!, ["-d", $"session.save_path={state.DataOf(Name)}", "-S", $"127.0.0.1:{ports.PostgresScreen}", Adminer])
        {
            WorkingDirectory = state.DataOf(Name),
        },
        ports.PostgresScreen,
        $"{_urls.PostgresScreen}/?pgsql=127.0.0.1:{ports.Postgres}&username={PostgresCluster.User}&db={PostgresCluster.Database}",
        new HttpProbe(new Uri(_urls.PostgresScreen)));
}
