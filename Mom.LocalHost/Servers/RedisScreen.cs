using System.Text.Json.Nodes;
using Mom.LocalHost.Health;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Servers;

/// <summary>Redis Commander: keys in the browser. It asks for the user <c>mom</c> and the password of Redis.</summary>
internal sealed class RedisScreen(StateDirectory state, PortMap ports, Secrets secrets, string repositoryRoot) : Blueprint(ResourceNames.RedisScreen, ResourceKind.Server)
{
    /// <summary>For its own login, as at the other servers: Redis itself has only a password.</summary>
    private const string User = "mom";

    private readonly SystemUrls _urls = new(ports);

    /// <summary>The program, from npm, installed by <c>./mom</c>; <see langword="null"/> when it is not there.</summary>
    public static string? Find(string repositoryRoot)
    {
        var program = Path.Combine(repositoryRoot, ".mom", "tools", "node_modules", "redis-commander", "bin", "redis-commander.js");
        return File.Exists(program) && InstalledPrograms.Node is not null ? program : null;
    }

    public override bool IsRequired => false;

    public override IReadOnlyList<string> DependsOn => [ResourceNames.Redis];

    public override Launch Launch(int replica) => new(
        new ProcessSpec(InstalledPrograms.Node!, [Find(repositoryRoot)!])
        {
            WorkingDirectory = state.DataOf(Name),
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HOME"] = state.DataOf(Name),
                // Passwords not as arguments: those everybody on the machine can read.
                ["NODE_CONFIG"] = Configuration().ToJsonString(),
            },
        },
        ports.RedisScreen,
        _urls.RedisScreen,
        new HttpProbe(new Uri(_urls.RedisScreen)));

    private JsonObject Configuration() => new()
    {
        ["noSave"] = true,
        ["server"] = new JsonObject
        {
            ["address"] = "127.0.0.1",
            ["port"] = ports.RedisScreen,
            ["httpAuth"] = new JsonObject { ["username"] = User, ["password"] = secrets.RedisPassword },
        },
        ["connections"] = new JsonArray(new JsonObject
        {
            ["label"] = ResourceNames.Redis,
            ["host"] = "127.0.0.1",
            ["port"] = ports.Redis,
            ["password"] = secrets.RedisPassword,
            ["dbIndex"] = 0,
        }),
    };
}
