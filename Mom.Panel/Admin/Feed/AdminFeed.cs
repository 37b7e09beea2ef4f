using System.Diagnostics;
using System.Net;
using Mom.Panel.Api;

namespace Mom.Panel.Admin.Feed;

/// <summary>Reads the figures of the system from the API while a page of an administrator is open, once for all pages of this process.</summary>
/// <remarks>
/// The pages take turns: each request uses the token of another page. A page whose user is no longer an administrator is
/// detected within as many turns as there are pages and gets no more figures. A page gets none before its own token was accepted.
/// </remarks>
public sealed partial class AdminFeed(TimeProvider clock, ILogger<AdminFeed> logger) : BackgroundService
{
    /// <summary>The time between two requests.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly List<AdminWatch> _watches = [];
    private volatile AdminSnapshot _snapshot = AdminSnapshot.None;

    /// <summary>Begins to watch; ends with <see cref="AdminWatch.Dispose"/>.</summary>
    /// <param name="client">Of the page's user.</param>
    /// <param name="changed">Called on any thread when there is something new to show.</param>
    public AdminWatch Watch(AdminClient client, Action changed)
    {
        var watch = new AdminWatch(this, client, changed);
        lock (_lock)
            _watches.Insert(0, watch);
        AskNow();
        return watch;
    }

    /// <summary>Reads the figures at once, for example after an action.</summary>
    public void AskNow() => _wake.Release();

    internal AdminSnapshot Snapshot => _snapshot;

    internal void End(AdminWatch watch)
    {
        lock (_lock)
            _watches.Remove(watch);
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (TakeTurn() is not { } watch)
            {
                await _wake.WaitAsync(stoppingToken);
                continue;
            }

            await AskAsync(watch, stoppingToken);
            if (await _wake.WaitAsync(Period, stoppingToken))
                DrainWakes();
        }
    }

    private void DrainWakes()
    {
        while (_wake.Wait(0))
        {
            // Concurrent wake-ups are one request.
        }
    }

    private AdminWatch? TakeTurn()
    {
        lock (_lock)
        {
            if (_watches.Count == 0)
                return null;

            var first = _watches[0];
            _watches.RemoveAt(0);
            _watches.Add(first);
            return first;
        }
    }

    private async Task AskAsync(AdminWatch watch, CancellationToken stop)
    {
        // Not an action of a user: no trace is recorded.
        Activity.Current = null;
        try
        {
            var overview = await watch.Client.GetOverviewAsync(stop);
            watch.Allow();
            _snapshot = _snapshot.With(overview, clock.GetUtcNow());
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            End(watch);
            watch.Refuse();
            AskNow();
            return;
        }
        catch (ApiException e)
        {
            _snapshot = _snapshot with { Error = e.Message };
        }
        catch (ObjectDisposedException)
        {
            // Its circuit has ended.
            End(watch);
            return;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // An error of one page must stop neither the others nor the process.
            End(watch);
            LogFailed(e);
            return;
        }

        AdminWatch[] watches;
        lock (_lock)
            watches = [.. _watches];
        foreach (var one in watches)
            one.Tell();
    }

    [LoggerMessage(1, LogLevel.Error, "The figures of the system could not be asked for a page, which gets no more of them")]
    private partial void LogFailed(Exception exception);
}

/// <summary>The subscription of a page.</summary>
public sealed class AdminWatch : IDisposable
{
    private readonly AdminFeed _feed;
    private readonly Action _changed;
    private volatile bool _allowed;

    internal AdminWatch(AdminFeed feed, AdminClient client, Action changed) => (_feed, Client, _changed) = (feed, client, changed);

    /// <summary>The newest figures; none before the API has accepted this page's own token.</summary>
    public AdminSnapshot Snapshot => Refused
        ? AdminSnapshot.None with { Error = "Your account is not one of an administrator any more." }
        : _allowed ? _feed.Snapshot : AdminSnapshot.None with { Error = _feed.Snapshot.Error };

    internal AdminClient Client { get; }

    private bool Refused { get; set; }

    public void Dispose() => _feed.End(this);

    internal void Allow() => _allowed = true;

    internal void Refuse()
    {
        Refused = true;
        _changed();
    }

    internal void Tell() => _changed();
}
