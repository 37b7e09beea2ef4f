using Mom.LocalHost.Output;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;

namespace Mom.LocalHost;

/// <summary>What a local system consists of and where it lives.</summary>
public sealed record LocalSystemOptions
{
    /// <summary>The folder with <c>Mom.sln</c>.</summary>
    public string RepositoryRoot { get; init; } = Repository.Root;

    /// <summary>Data, logs and secrets; two systems at once need two. Default: <c>.mom/local</c> in the repository.</summary>
    public string? StateDirectory { get; init; }

    public PortMap Ports { get; init; } = PortMap.Standard;

    /// <summary>Which build of the services to start: the one that this assembly is of, unless told otherwise.</summary>
    public string Configuration { get; init; } = Repository.Configuration;

    /// <summary>Only these resources, by name, instead of all.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }

    /// <summary>Whether the Aspire dashboard runs too, if it can be had.</summary>
    public bool WithDashboard { get; init; }

    /// <summary>Whether the screens of Postgres and Redis run too, those that can be had.</summary>
    public bool WithScreens { get; init; }

    /// <summary>
    /// Environment variables for a service beyond its own or in place of them, by service. Read at each start of a process:
    /// who keeps the dictionary may change it between a stop and a start.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ExtraEnvironment { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>
    /// Lines of configuration for a server beyond its own or in place of them, by server. For rabbitmq as in
    /// <c>rabbitmq.conf</c> (<c>vm_memory_high_watermark.absolute = 64MB</c>), for redis as in <c>redis.conf</c>
    /// (<c>maxmemory 16mb</c>), for postgres as after its <c>-c</c> (<c>max_connections=20</c>). Read at each start after a stop.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ExtraConfiguration { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>How many replicas of a service start, by service; 1 where nothing is said.</summary>
    public IReadOnlyDictionary<string, int> Replicas { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>How long a crashed process stays down.</summary>
    public BackoffOptions Backoff { get; init; } = new();

    /// <summary>Gets each line that any process writes, from any thread.</summary>
    public Action<OutputLine>? Output { get; init; }

    internal string EffectiveStateDirectory => StateDirectory ?? Path.Combine(RepositoryRoot, ".mom", "local");
}
