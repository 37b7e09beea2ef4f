using System.Collections.Concurrent;

namespace Mom.Chaos.Load;

/// <summary>Several users at once: registrations, logins, jobs of one to five operations, and reading.</summary>
internal sealed class LoadGenerator(Uri api, Uri socket, Claims claims, double rate, int seed) : IAsyncDisposable
{
    private const int FirstUsers = 4;
    private const int MostUsers = 20;
    private static readonly string[] Reads = ["/job/my", "/job/my?status=succeeded", "/notification", "/auth-test"];

    private readonly ApiClient _api = new(api);
    private readonly List<SimulatedUser> _users = [];
    private readonly List<SocketListener> _listeners = [];
    private readonly ConcurrentDictionary<Task, byte> _underWay = new();
    private readonly Random _random = new(seed);
    // Unique over runs on the same data, so that no run finds the jobs of another.
    private readonly string _run = $"{Guid.NewGuid():N}"[..8];
    private long _marker = 1_000_000;

    /// <summary>All e-mail addresses of this run end in it.</summary>
    public string Domain => $"{_run}.chaos.example.org";

    /// <summary>Registers the first users; the system is whole then.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (_users.Count < FirstUsers)
        {
            await AddUserAsync(cancellationToken);
        }
    }

    /// <summary>Asks for things at the given rate until told to stop, and returns when every request has ended.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / rate));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                Track(OneAsync());
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is under way comes to its end below.
        }

        await Task.WhenAll(_underWay.Keys);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
        {
            await listener.DisposeAsync();
        }

        _users.ForEach(user => user.Dispose());
        _api.Dispose();
    }

    private Task OneAsync()
    {
        SimulatedUser user;
        lock (_users)
        {
            user = _users[_random.Next(_users.Count)];
        }

        return _random.Next(100) switch
        {
            < 65 => user.OrderAsync(JobOrder.Random(_marker++, _random), CancellationToken.None),
            < 95 => user.LookAsync(Reads[_random.Next(Reads.Length)], CancellationToken.None),
            _ => _users.Count < MostUsers ? AddUserAsync(CancellationToken.None) : Task.CompletedTask,
        };
    }

    private async Task AddUserAsync(CancellationToken cancellationToken)
    {
        var user = new SimulatedUser(_api, $"user{Guid.NewGuid():N}@{Domain}", claims);
        if (await user.RegisterAsync(cancellationToken))
        {
            lock (_users)
            {
                _users.Add(user);
                _listeners.Add(new SocketListener(socket, user, claims));
            }
        }
        else
        {
            user.Dispose();
        }
    }

    private void Track(Task task)
    {
        _underWay.TryAdd(task, 0);
        _ = task.ContinueWith(done => _underWay.TryRemove(done, out _), TaskScheduler.Default);
    }
}
