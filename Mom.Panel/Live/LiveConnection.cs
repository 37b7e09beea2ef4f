using Microsoft.AspNetCore.SignalR.Client;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Panel.Api;
using Mom.Panel.Session;

namespace Mom.Panel.Live;

/// <summary>The circuit's connection to Mom.Socket: reconnects without limit while the socket is unavailable.</summary>
/// <remarks>Events are raised on any thread. What happened while it was lost is not repeated: read again on <see cref="Connected"/>.</remarks>
public sealed partial class LiveConnection(
    SocketAddress address, CurrentSession current, ApiClient api, ApiWatch watch, TimeProvider clock, ILogger<LiveConnection> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _states = new();
    private Task? _loop;
    private LiveState _connection;
    private string? _delivery;

    /// <summary>A job of the user has changed. An older state may come after a newer one.</summary>
    public event EventHandler<ArrivedEventArgs<Job>>? JobChanged;

    /// <summary>The user has a new notification. It may come twice.</summary>
    public event EventHandler<ArrivedEventArgs<Notification>>? NotificationAdded;

    /// <summary>The user has seen notifications, in this window or in another.</summary>
    public event EventHandler<ArrivedEventArgs<NotificationsRead>>? NotificationsRead;

    /// <summary>Raised when changes are received, for the first time or again.</summary>
    public event EventHandler? Connected;

    public event EventHandler? StateChanged;

    public LiveState State { get; private set; }

    /// <summary>Why changes do not come through although the connection stands, as a sentence; <see langword="null"/> while they do.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Connects, and stays connected until disposed. Only the first call counts.</summary>
    public void Start()
    {
        if (_loop is not null)
            return;

        watch.Changed += OnWatchChanged;
        _loop = Task.Run(() => RunAsync(_stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        watch.Changed -= OnWatchChanged;
        await _stop.CancelAsync();
        if (_loop is not null)
            await _loop;
        _stop.Dispose();
    }

    // One loop for the first connection and all others: SignalR's own automatic reconnect covers neither the first connection nor an unlimited time.
    private async Task RunAsync(CancellationToken stop)
    {
        await using var hub = LiveHub.Build(address, current);
        hub.On<Job>(SocketContract.JobChanged, job => JobChanged?.Invoke(this, new(job)));
        hub.On<Notification>(SocketContract.NotificationAdded, notification => NotificationAdded?.Invoke(this, new(notification)));
        hub.On<NotificationsRead>(SocketContract.NotificationsRead, read => NotificationsRead?.Invoke(this, new(read)));
        hub.On<string?>(SocketContract.DeliveryChanged, trouble => Enter(() => _delivery = trouble));
        hub.On(SocketContract.SessionEnded, current.End);

        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        var failures = 0;
        while (!stop.IsCancellationRequested && !current.HasEnded)
        {
            try
            {
                closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await hub.StartAsync(stop);
                failures = 0;
                Enter(() => _connection = LiveState.Live);
                await closed.Task.WaitAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                ConnectFailed(logger, address.Hub, failures + 1, e.Message);
                await EndIfRefusedAsync(stop);
            }

            Enter(() => (_connection, _delivery) = (LiveState.Reconnecting, null));
            await PauseAsync(Backoff.Delay(failures++, Random.Shared.NextDouble()), stop);
        }
    }

    // A WebSocket handshake does not say why it was refused. The API does: a session that was revoked ends here.
    private async Task EndIfRefusedAsync(CancellationToken stop)
    {
        try
        {
            await api.CheckSessionAsync(stop);
        }
        catch (Exception e) when (e is ApiException or OperationCanceledException)
        {
            // Either the session has ended just now, or the API is unavailable too.
        }
    }

    private Task PauseAsync(TimeSpan delay, CancellationToken stop) =>
        Task.Delay(delay, clock, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private void OnWatchChanged(object? sender, EventArgs e) => Enter(static () => { });

    // The state has three sources, on any thread: the connection, the socket and the API.
    private void Enter(Action learn)
    {
        bool caughtUp;
        lock (_states)
        {
            learn();
            var trouble = _connection is LiveState.Live ? _delivery ?? watch.Trouble : null;
            var state = trouble is null ? _connection : LiveState.Delayed;
            if (state == State && string.Equals(trouble, Trouble, StringComparison.Ordinal))
                return;

            caughtUp = state is LiveState.Live && State is not LiveState.Live;
            (State, Trouble) = (state, trouble);
        }

        StateChanged?.Invoke(this, EventArgs.Empty);
        if (caughtUp)
            Connected?.Invoke(this, EventArgs.Empty);
    }

    [LoggerMessage(LogLevel.Information, "Attempt {Attempt} to connect to {Hub} failed: {Reason}")]
    private static partial void ConnectFailed(ILogger logger, Uri hub, int attempt, string reason);
}

/// <summary>The state of live updates.</summary>
public enum LiveState
{
    /// <summary>For the first time.</summary>
    Connecting,

    /// <summary>Changes are received.</summary>
    Live,

    /// <summary>The connection is open, but a service or server behind it is unavailable.</summary>
    Delayed,

    /// <summary>The connection was lost or refused; retries have no limit.</summary>
    Reconnecting,
}

/// <summary>A message of the socket.</summary>
public sealed class ArrivedEventArgs<T>(T value) : EventArgs
{
    public T Value { get; } = value;
}
