using Mom.LocalHost.Health;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Servers;

/// <summary>The standalone Aspire dashboard: shows logs, metrics and traces that the services send. The system runs without it too.</summary>
internal sealed class DashboardServer(StateDirectory state, PortMap ports, string repositoryRoot, string cli) : Blueprint(ResourceNames.Dashboard, ResourceKind.Server)
{
    private readonly SystemUrls _urls = new(ports);

    public override bool IsRequired => false;

    public override Launch Launch(int replica) => new(
        new ProcessSpec(cli,
        [
            "dashboard", "run",
            "--frontend-url", _urls.Dashboard,
            "--otlp-grpc-url", _urls.OtlpGrpc,
            "--otlp-http-url", _urls.OtlpHttp,
            "--allow-anonymous", "--non-interactive", "--nologo",
        ])
        {
            WorkingDirectory = state.DataOf(Name),
            Environment = AspireCli.Environment(repositoryRoot),
        },
        ports.Dashboard,
        _urls.Dashboard,
        new HttpProbe(new Uri(_urls.Dashboard)));
}
