using Mom.LocalHost.Output;
using Mom.LocalHost.Processes;

namespace Mom.LocalHost.Resources;

/// <summary>
/// One server or service with its replicas: to be started, stopped, killed, frozen, scaled and robbed of its data. A replica is
/// meant by its number, 1 for the first; without a number all of them are. Members may be called from any thread.
/// </summary>
/// <example>
/// <code>
/// var broker = system[ResourceNames.RabbitMq];
/// broker.Freeze();                            // connections stay open, nobody answers
/// broker.Thaw();
/// await system["math-worker"].KillAsync(2);   // as the kernel's out-of-memory killer would
/// await broker.StopAsync();
/// await broker.WipeDataAsync();               // the disk is lost
/// await broker.StartAsync();
/// await broker.WaitHealthyAsync();
/// </code>
/// </example>
public sealed class LocalResource : IDisposable
{
    private readonly Blueprint _blueprint;
    private readonly ReplicaContext _context;
    private readonly LogFile _log;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile IReadOnlyList<Replica> _replicas;

    internal LocalResource(Blueprint blueprint, int replicas, ReplicaContext context)
    {
        _blueprint = blueprint;
        _context = context;
        _log = new LogFile(context.State.LogOf(blueprint.Name));
        _replicas = [.. Enumerable.Range(1, replicas).Select(NewReplica)];
    }

    public string Name => _blueprint.Name;

    public ResourceKind Kind => _blueprint.Kind;

    /// <summary>What it wrote, of all replicas.</summary>
    public string LogPath => _log.Path;

    /// <summary>The environment variables that a replica was started with, without those that every process inherits.</summary>
    public IReadOnlyDictionary<string, string> Environment => (_replicas[0].Current ?? _blueprint.Launch(1)).Process.Environment;

    internal Blueprint Blueprint => _blueprint;

    /// <summary>How it is now.</summary>
    public ResourceStatus Status => StatusReport.Of(_blueprint, _replicas, LogPath);

    /// <summary>Starts what does not run, and returns without waiting for health: see <see cref="WaitHealthyAsync"/>.</summary>
    /// <param name="replica">Its number; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Gives up before the start.</param>
    /// <exception cref="LocalHostException">It cannot be prepared, or there is no such replica.</exception>
    public async Task StartAsync(int? replica = null, CancellationToken cancellationToken = default)
    {
        using var _ = await EnterAsync(cancellationToken);
        if (!Running().Any())
            await _blueprint.PrepareAsync(cancellationToken);
        await Task.WhenAll(Chosen(replica).Select(one => one.StartAsync()));
    }

    /// <summary>Ends it and returns when no process of it is left. It stays down until started again.</summary>
    /// <param name="mode">In good order, or by SIGKILL at once.</param>
    /// <param name="replica">Its number; <see langword="null"/> for all.</param>
    /// <exception cref="LocalHostException">There is no such replica.</exception>
    public async Task StopAsync(StopMode mode = StopMode.Graceful, int? replica = null)
    {
        using var _ = await EnterAsync(CancellationToken.None);
        await Task.WhenAll(Chosen(replica).Select(one => one.StopAsync(mode)));
    }

    /// <summary>Stops and starts it. The new process is not awaited: see <see cref="WaitHealthyAsync"/>.</summary>
    /// <param name="replica">Its number; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Gives up before the start.</param>
    /// <exception cref="LocalHostException">There is no such replica.</exception>
    public async Task RestartAsync(int? replica = null, CancellationToken cancellationToken = default)
    {
        await StopAsync(replica: replica);
        await StartAsync(replica, cancellationToken);
    }

    /// <summary>
    /// SIGKILL to every process of it, as if it had crashed, and returns when they are dead. It comes back by itself after the
    /// first delay of the back-off (<see cref="BackoffOptions.Initial"/>), however often it is killed.
    /// </summary>
    /// <param name="replica">Its number; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Gives up waiting for the end.</param>
    /// <exception cref="LocalHostException">There is no such replica.</exception>
    public async Task KillAsync(int? replica = null, CancellationToken cancellationToken = default)
    {
        var killed = Chosen(replica).Select(one => (Replica: one, one.Pid)).Where(pair => pair.Pid is not null).ToList();
        killed.ForEach(pair => pair.Replica.Kill());
        // The caller may rely on it: what was healthy a moment ago is not any more.
        await _context.Changes.UntilAsync(() => killed.All(pair => pair.Replica.Pid != pair.Pid), cancellationToken);
    }

    /// <summary>SIGSTOP to every process of it: alive, its connections open, and silent. Stop and kill work on it as ever.</summary>
    /// <param name="replica">Its number; <see langword="null"/> for all.</param>
    /// <exception cref="LocalHostException">There is no such replica.</exception>
    public void Freeze(int? replica = null) => Chosen(replica).ForEach(one => one.Send(Signal.Stop));

    /// <summary>SIGCONT: it goes on where it was frozen.</summary>
    /// <param name="replica">Its number; <see langword="null"/> for all.</param>
    /// <exception cref="LocalHostException">There is no such replica.</exception>
    public void Thaw(int? replica = null) => Chosen(replica).ForEach(one => one.Send(Signal.Continue));

    /// <summary>Deletes all that a server has stored, as if its disk were lost. Its next start begins empty.</summary>
    /// <exception cref="LocalHostException">It runs, or it is a service: those keep no data.</exception>
    public async Task WipeDataAsync()
    {
        using var _ = await EnterAsync(CancellationToken.None);
        if (Running().Any())
            throw new LocalHostException($"{Name} runs: stop it before its data is wiped.");
        var directory = _blueprint.DataDirectory ?? throw new LocalHostException($"{Name} keeps no data.");
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    /// <summary>Starts or ends replicas until there are that many.</summary>
    /// <param name="replicas">1 to 16 for services; servers have always one.</param>
    /// <exception cref="LocalHostException">It cannot have that many.</exception>
    public async Task ScaleAsync(int replicas)
    {
        if (replicas < 1 || replicas > _blueprint.MaximumReplicas)
            throw new LocalHostException($"{Name} can have 1 to {_blueprint.MaximumReplicas} replicas, not {replicas}.");

        using var _ = await EnterAsync(CancellationToken.None);
        var old = _replicas;
        _replicas = [.. old.Take(replicas), .. Enumerable.Range(old.Count + 1, Math.Max(0, replicas - old.Count)).Select(NewReplica)];
        await Task.WhenAll(_replicas.Skip(old.Count).Select(replica => replica.StartAsync()));
        await Task.WhenAll(old.Skip(replicas).Select(RetireAsync));
    }

    /// <summary>Waits until every replica is healthy.</summary>
    /// <param name="limit">How long; by default what is usual for this resource.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ResourceFailedException">It took too long, or its process ends again and again.</exception>
    public async Task WaitHealthyAsync(TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit ?? _blueprint.StartLimit);
        try
        {
            await _context.Changes.UntilAsync(() => IsHealthy || IsHopeless, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var wait = (limit ?? _blueprint.StartLimit).TotalSeconds;
            throw new ResourceFailedException(Name, $"{Name} was not healthy within {wait:0} s: {Status.Reason ?? "it is " + Status.State}.", LogPath);
        }

        if (!IsHealthy)
            throw new ResourceFailedException(Name, $"{Name} does not stay up: it {Status.Reason}.", LogPath);
    }

    public void Dispose()
    {
        foreach (var replica in _replicas)
            replica.Dispose();
        _log.Dispose();
        _gate.Dispose();
    }

    private bool IsHealthy => _replicas.All(replica => replica.State == ResourceState.Healthy);

    private bool IsHopeless => _replicas.Any(replica => replica.State == ResourceState.Failed);

    private IEnumerable<Replica> Running() => _replicas.Where(replica => replica.State != ResourceState.Stopped);

    private List<Replica> Chosen(int? replica)
    {
        var chosen = _replicas.Where(one => replica is null || one.Number == replica).ToList();
        return chosen.Count > 0 ? chosen : throw new LocalHostException($"{Name} has no replica {replica}: it has {_replicas.Count}.");
    }

    private static async Task RetireAsync(Replica replica)
    {
        await replica.StopAsync(StopMode.Graceful);
        replica.Dispose();
    }

    private Replica NewReplica(int number) => new(_blueprint, number, _log, _context);

    private async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Leave(_gate);
    }

    private sealed class Leave(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
