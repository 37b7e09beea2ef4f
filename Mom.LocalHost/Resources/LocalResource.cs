using Mom.LocalHost.Output;
using Mom.LocalHost.Processes;

namespace Mom.LocalHost.Resources;

/// <summary>One server or service with its replicas: to be started, stopped, killed, frozen and scaled.</summary>
public sealed class LocalResource : IDisposable
{
    /// <summary>Who ends this often before it has ever been healthy is not going to come up.</summary>
    private const int HopelessAfter = 4;

    private readonly Blueprint _blueprint;
    private readonly ReplicaContext _context;
    private readonly LogFile _log;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile IReadOnlyList<Replica> _replicas;
    private bool _prepared;

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

    /// <summary>Starts every replica that does not run, and returns without waiting for their health.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        using var _ = await EnterAsync(cancellationToken);
        if (!_prepared)
            await _blueprint.PrepareAsync(cancellationToken);
        _prepared = true;
        await Task.WhenAll(_replicas.Select(replica => replica.StartAsync()));
    }

    /// <summary>Ends every replica and returns when nothing of them is left. They stay down until started again.</summary>
    public async Task StopAsync(StopMode mode = StopMode.Graceful)
    {
        using var _ = await EnterAsync(CancellationToken.None);
        await Task.WhenAll(_replicas.Select(replica => replica.StopAsync(mode)));
    }

    /// <summary>Stops and starts it. The new process is not awaited: see <see cref="WaitHealthyAsync"/>.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await StartAsync(cancellationToken);
    }

    /// <summary>SIGKILL to every process of it, as if it had crashed: it comes back by itself after the back-off.</summary>
    public async Task KillAsync(CancellationToken cancellationToken = default)
    {
        var killed = _replicas.Select(replica => (Replica: replica, replica.Pid)).Where(pair => pair.Pid is not null).ToList();
        killed.ForEach(pair => pair.Replica.Send(Signal.Kill));
        // The caller may rely on it: what was healthy a moment ago is not any more.
        await _context.Changes.UntilAsync(() => killed.All(pair => pair.Replica.Pid != pair.Pid), cancellationToken);
    }

    /// <summary>SIGSTOP to every process of it: alive, its connections open, and silent.</summary>
    public void Freeze() => _replicas.ToList().ForEach(replica => replica.Send(Signal.Stop));

    /// <summary>SIGCONT: it goes on where it was frozen.</summary>
    public void Thaw() => _replicas.ToList().ForEach(replica => replica.Send(Signal.Continue));

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
            throw new ResourceFailedException(Name, $"{Name} does not stay up: it {Status.Reason}, {HopelessAfter} times in a row.", LogPath);
    }

    public void Dispose()
    {
        foreach (var replica in _replicas)
            replica.Dispose();
        _log.Dispose();
        _gate.Dispose();
    }

    private bool IsHealthy => _replicas.All(replica => replica.State == ResourceState.Healthy);

    private bool IsHopeless => _replicas.Any(replica => replica.State == ResourceState.Crashed && replica.CrashesInARow >= HopelessAfter);

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
