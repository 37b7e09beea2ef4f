using Mom.Contracts.Notifications;
using Mom.Panel.Api;
using Mom.Panel.Live;

namespace Mom.Panel.Notifications;

/// <summary>The user's notifications, as the bell and the page show them: loaded once for both and updated by events of the socket.</summary>
/// <remarks>To be used on the thread of the circuit. <see cref="StartAsync"/> is told how to get there.</remarks>
internal sealed class NotificationFeed(ApiClient api, LiveConnection live, TimeProvider clock) : IDisposable
{
    // When many jobs end at once, bell and page are drawn no more often.
    private static readonly TimeSpan TellAtMostEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private Func<Action, Task>? _onCircuit;
    private Throttled? _tell;

    /// <summary>Raised when the list or its error has changed.</summary>
    public event EventHandler? Changed;

    /// <summary>Raised for a new notification.</summary>
    public event EventHandler<ArrivedEventArgs<Notification>>? Added;

    public NotificationBoard Board { get; } = new();

    /// <summary>Whether they were loaded at least once.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>The error of the last load or read mark.</summary>
    public string? Error { get; private set; }

    /// <summary>Loads, and listens until disposed. Only the first call counts.</summary>
    /// <param name="onCircuit">Runs something on the thread of the circuit.</param>
    public Task StartAsync(Func<Action, Task> onCircuit)
    {
        if (_onCircuit is not null)
            return Task.CompletedTask;

        _onCircuit = onCircuit;
        _tell = new Throttled(TellNowAsync, TellAtMostEvery, clock);
        live.NotificationAdded += OnAdded;
        live.NotificationsRead += OnRead;
        live.Connected += OnConnected;
        return LoadAsync();
    }

    public async Task LoadAsync()
    {
        try
        {
            Board.Show(await api.ListNotificationsAsync(NotificationBoard.Limit, _stop.Token));
            (IsLoaded, Error) = (true, null);
        }
        catch (ApiException e)
        {
            Error = e.Message;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Tell();
    }

    public Task MarkReadAsync(Notification notification) =>
        Board.MarkRead(notification.Id, clock.GetUtcNow()) ? SendAsync([notification.Id]) : Task.CompletedTask;

    public Task MarkAllReadAsync()
    {
        Board.MarkAllRead(clock.GetUtcNow());
        return SendAsync(ids: null);
    }

    public void Dispose()
    {
        live.NotificationAdded -= OnAdded;
        live.NotificationsRead -= OnRead;
        live.Connected -= OnConnected;
        _tell?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task SendAsync(IReadOnlyList<Guid>? ids)
    {
        Tell();
        try
        {
            using var action = UserAction.Begin("mark notifications read");
            await api.MarkReadAsync(ids, _stop.Token);
            Error = null;
        }
        catch (ApiException e)
        {
            Error = e.Message;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Tell();
    }

    private void OnAdded(object? sender, ArrivedEventArgs<Notification> e) => _ = _onCircuit!(() =>
    {
        if (!Board.Add(e.Value))
            return;

        Tell();
        Added?.Invoke(this, e);
    });

    private void OnRead(object? sender, ArrivedEventArgs<NotificationsRead> e) => _ = _onCircuit!(() =>
    {
        Board.Take(e.Value);
        Tell();
    });

    private void OnConnected(object? sender, EventArgs e) => _ = _onCircuit!(() => _ = LoadAsync());

    private void Tell() => _ = _tell?.AskAsync();

    private Task TellNowAsync()
    {
        Changed?.Invoke(this, EventArgs.Empty);
        return Task.CompletedTask;
    }
}
