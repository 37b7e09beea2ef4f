using System.Globalization;
using Mom.LocalHost.Health;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Servers;

/// <summary>A private Postgres with the database <c>momdb</c> and its owner <c>mom</c>; TCP on the loopback only.</summary>
internal sealed class PostgresServer(StateDirectory state, PortMap ports, Secrets secrets, Func<string, IReadOnlyList<string>> extra) : Blueprint(ResourceNames.Postgres, ResourceKind.Server)
{
    private readonly PostgresCluster _cluster = new(state, secrets);

    public override string DataDirectory => _cluster.Data;

    public override Task PrepareAsync(CancellationToken cancellationToken) => _cluster.EnsureAsync(cancellationToken);

    public override Launch Launch(int replica)
    {
        string[] arguments =
        [
            "-D", _cluster.Data,
            "-c", "listen_addresses=127.0.0.1",
            "-c", $"port={ports.Postgres.ToString(CultureInfo.InvariantCulture)}",
            "-c", "unix_socket_directories=",
            "-c", "max_connections=300",
            .. extra(Name).SelectMany(setting => (string[])["-c", setting]),
        ];
        // Fast shutdown: SIGTERM would wait until the last client has left.
        var process = PostgresUser.Run(Path.Combine(_cluster.Bin, "postgres"), arguments) with { StopSignal = Signal.Interrupt };
        return new Launch(
            process,
            ports.Postgres,
            $"postgres://127.0.0.1:{ports.Postgres}/{PostgresCluster.Database}",
            new PostgresProbe(ports.Postgres, PostgresCluster.User, PostgresCluster.Database));
    }
}
