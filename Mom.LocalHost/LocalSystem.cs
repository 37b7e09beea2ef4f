using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;
using Mom.LocalHost.Services;
using Mom.LocalHost.State;

namespace Mom.LocalHost;

/// <summary>
/// The whole system on plain processes. Nothing runs until <see cref="StartAsync"/>; nothing is left after
/// <see cref="DisposeAsync"/>, and what a killed host left behind the next one ends before it starts.
/// </summary>
/// <example>
/// <code>
/// await using var system = new LocalSystem(new LocalSystemOptions { StateDirectory = directory, Ports = PortMap.Free() });
/// await system.StartAsync();
/// await system["db-worker"].KillAsync();
/// await system["db-worker"].WaitHealthyAsync();
/// </code>
/// </example>
public sealed class LocalSystem : IAsyncDisposable
{
    private readonly LocalSystemOptions _options;
    private readonly StateDirectory _state;
    private readonly ProcessRecords _records;
    private readonly HostLock _lock;
    private readonly IReadOnlyList<LocalResource> _resources;

    /// <summary>Takes the state directory.</summary>
    /// <exception cref="LocalHostException">Another host has it, or it or the options make no sense.</exception>
    public LocalSystem(LocalSystemOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _state = new StateDirectory(options.EffectiveStateDirectory);
        _lock = HostLock.Take(_state);
        _records = new ProcessRecords(_state);
        Urls = new SystemUrls(options.Ports);
        try
        {
            Secrets = Secrets.LoadOrCreate(_state);
            Connections = new ConnectionStrings(options.Ports, Secrets);
            var context = new ReplicaContext(_state, _records, options.Backoff, TimeProvider.System, new Changes(), options.Output);
            _resources = [.. new SystemModel(options, _state, Secrets, Connections, Urls, IsDashboardUp).Blueprints()
                .Select(blueprint => new LocalResource(blueprint, options.Replicas.GetValueOrDefault(blueprint.Name, 1), context))];
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    public SystemUrls Urls { get; }

    /// <summary>With passwords: not for logs.</summary>
    public ConnectionStrings Connections { get; }

    /// <summary>Passwords, the signing key and the administrator's account: not for logs.</summary>
    public Secrets Secrets { get; }

    /// <summary>How another host reaches the servers, as configuration. With passwords: not for logs.</summary>
    internal IEnumerable<KeyValuePair<string, string>> ServerSettings => new ServiceSettings(Connections, Urls, Secrets).OfServers;

    /// <summary>All servers and services, as they are now.</summary>
    public IReadOnlyList<ResourceStatus> Status =>
        [.. _resources.Where(resource => resource.Kind != ResourceKind.Helper).Select(resource => resource.Status)];

    internal StateDirectory State => _state;

    internal PortMap PortMap => _options.Ports;

    /// <summary>The server or service of that name, see <see cref="ResourceNames"/>.</summary>
    /// <exception cref="LocalHostException">It is not part of this system.</exception>
    public LocalResource this[string name] =>
        _resources.FirstOrDefault(resource => resource.Name == name)
        ?? throw new LocalHostException(
            $"There is no {name} here. There is: {string.Join(", ", Status.Select(status => status.Name))}.");

    /// <summary>Starts everything, each as soon as what it needs is healthy, and returns when all is.</summary>
    /// <param name="progress">Told what happens, in sentences.</param>
    /// <param name="cancellationToken">Gives up; what runs by then keeps running until disposal.</param>
    /// <exception cref="Ports.PortTakenException">Somebody else has a port; nothing was started.</exception>
    /// <exception cref="ResourceFailedException">Something does not come up.</exception>
    public async Task StartAsync(IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var ended = await new Leftovers(_state, _records).EndAsync();
        if (ended > 0)
            progress?.Report($"Ended {ended} processes that a killed host had left behind.");

        var names = _resources.Select(resource => resource.Name).ToHashSet(StringComparer.Ordinal);
        PortCheck.Demand(PortUse.Of(_options.Ports).Where(use => names.Contains(use.Resource)));
        foreach (var resource in _resources)
            resource.Blueprint.Tidy();
        await new StartSequence(_resources, progress).RunAsync(cancellationToken);
    }

    /// <summary>Stops everything, each before what it needs.</summary>
    public Task StopAsync(IProgress<string>? progress = null, StopMode mode = StopMode.Graceful) =>
        new StopSequence(_resources, progress).RunAsync(mode);

    /// <summary>Kills what a graceful stop still waits for.</summary>
    internal async Task KillAllAsync()
    {
        foreach (var resource in _resources)
            await resource.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var resource in _resources)
            resource.Dispose();
        _lock.Dispose();
    }

    private bool IsDashboardUp() =>
        _resources.FirstOrDefault(resource => resource.Name == ResourceNames.Dashboard)?.Status.State == ResourceState.Healthy;
}
