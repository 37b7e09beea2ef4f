using System.Globalization;
using Mom.LocalHost.Health;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Services;

/// <summary>A service, started from what the build put into its project's <c>bin</c>.</summary>
internal sealed class ServiceBlueprint(
    ServiceDefinition definition,
    LocalSystemOptions options,
    StateDirectory state,
    ServiceSettings settings,
    Func<string?> otlpGrpc) : Blueprint(definition.Name, ResourceKind.Service)
{
    // Later replicas of a service with a fixed port, and workers, keep the port that they were given while it is free.
    private readonly Dictionary<int, int> _ports = [];
    private readonly Lock _lock = new();
    private readonly ServiceBuild _build = new(options, state.Run, definition.Project);

    public override IReadOnlyList<string> DependsOn => definition.DependsOn;

    public override int MaximumReplicas => 16;

    private static IReadOnlyDictionary<string, string> Nothing => new Dictionary<string, string>(StringComparer.Ordinal);

    private string ProjectDirectory => Path.Combine(options.RepositoryRoot, definition.Project);

    public override void Tidy()
    {
        if (!File.Exists(_build.Assembly))
            throw new LocalHostException($"{Name} is not built: {_build.Assembly} is missing. Build it with: dotnet build Mom.sln -c {options.Configuration}");

        _build.Prune();
    }

    public override Launch Launch(int replica)
    {
        var port = PortOf(replica);
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        // From the project's folder, where appsettings.json and wwwroot are: as `dotnet run` does.
        var process = new ProcessSpec(DotnetMuxer.Path, [_build.Take()]) { WorkingDirectory = ProjectDirectory, Environment = Variables(replica, url) };
        return new Launch(process, port, url, new HttpProbe(new Uri(url + "/health")));
    }

    private Dictionary<string, string> Variables(int replica, string url)
    {
        IEnumerable<KeyValuePair<string, string>> all =
        [
            new("ASPNETCORE_URLS", url),
            new("ASPNETCORE_ENVIRONMENT", "Development"),
            new("DOTNET_ENVIRONMENT", "Development"),
            // One entry, one line: lines of several services stand between each other.
            new("NO_COLOR", "1"),
            new("Logging__Console__FormatterName", "simple"),
            new("Logging__Console__FormatterOptions__SingleLine", "true"),
            new("Logging__Console__FormatterOptions__ColorBehavior", "Disabled"),
            .. Telemetry.Of(Name, replica, otlpGrpc()),
            .. settings.Of(Name),
            .. options.ExtraEnvironment.GetValueOrDefault(Name) ?? Nothing,
        ];
        // Last one wins: what the caller adds goes before what we think.
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in all)
            variables[name] = value;
        return variables;
    }

    private int PortOf(int replica)
    {
        if (replica == 1 && definition.Port is { } port)
            return port;

        lock (_lock)
        {
            if (!_ports.TryGetValue(replica, out var own) || !FreePorts.IsFree(own))
                own = _ports[replica] = FreePorts.One();
            return own;
        }
    }
}
