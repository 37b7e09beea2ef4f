using Aspire.Hosting.Testing;

namespace Mom.Testing;

/// <summary>What of the AppHost's model runs, and with which settings.</summary>
public sealed record SystemOptions
{
    /// <summary>Names the folder below <c>.mom</c> that its logs are written to; those of the run before are overwritten.</summary>
    public required string Name { get; init; }

    /// <summary>Where the servers come from: <c>native</c> or <c>container</c>.</summary>
    public string Servers { get; init; } = "native";

    /// <summary>Only these resources, by name, instead of all; what they would wait for beyond them is not waited for.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }

    /// <summary>Whether the dashboard runs too.</summary>
    public bool WithDashboard { get; init; }

    /// <summary>How many replicas of a worker run, by name; 1 where nothing is said.</summary>
    public IReadOnlyDictionary<string, int> Replicas { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Environment variables of a service beside its own or in place of them, by service. Read at each start of a process.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Environment { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>
    /// Configuration of a native server beside its own or in place of it, by server: for rabbitmq as in <c>rabbitmq.conf</c>
    /// (<c>vm_memory_high_watermark.absolute = 64MB</c>), for redis as in <c>redis.conf</c> (<c>maxmemory 16mb</c>), for postgres as after
    /// its <c>-c</c> (<c>max_connections=20</c>).
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Configuration { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>More settings of the AppHost, each as <c>--name=value</c>; they go before those that it is given here.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Changes the model before it is built.</summary>
    public Action<IDistributedApplicationTestingBuilder>? Configure { get; init; }

    /// <summary>How long a start, a stop, or the way back to health may take before it is an error.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);
}
