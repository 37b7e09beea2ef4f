using Mom.LocalHost.Health;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Servers;

/// <summary>A private Redis with a password, which writes every change to its append-only file.</summary>
internal sealed class RedisServer(StateDirectory state, PortMap ports, Secrets secrets, Func<string, IReadOnlyList<string>> extra) : Blueprint(ResourceNames.Redis, ResourceKind.Server)
{
    private string Home => state.DataOf(Name);
    private string ConfigFile => Path.Combine(Home, "redis.conf");

    public override string DataDirectory => Home;

    public override Task PrepareAsync(CancellationToken cancellationToken)
    {
        // In a file rather than on the command line: that one everybody on the machine can read.
        PrivateFile.Write(ConfigFile, $"""
            bind 127.0.0.1
            port {ports.Redis}
            requirepass {secrets.RedisPassword}
            dir "{Home}"
            appendonly yes
            save ""
            daemonize no
            {string.Join('\n', extra(Name))}

            """);
        return Task.CompletedTask;
    }

    public override Launch Launch(int replica) => new(
        new ProcessSpec(InstalledPrograms.RedisServer, [ConfigFile]) { WorkingDirectory = Home },
        ports.Redis,
        $"redis://127.0.0.1:{ports.Redis}",
        new RedisProbe(ports.Redis, secrets.RedisPassword));
}
