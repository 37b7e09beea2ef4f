using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Mom.Contracts.Notifications;
using Mom.Panel.Api;
using Mom.Panel.Live;
using Mom.Panel.Session;
using MudBlazor;

namespace Mom.Panel.Notifications;

/// <summary>The bell with the count of unread notifications, their list, and a snackbar when one arrives.</summary>
public sealed partial class NotificationBell : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private NotificationBoard _board = null!;
    private MudIconButton _button = null!;
    private ElementReference _sheet;
    private string? _error;
    private bool _loaded;
    private bool _open;
    private bool _focusSheet;

    [Inject] private NotificationBoard Board { get; set; } = null!;

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private LiveConnection Live { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private string Label => _board.Unread == 0 ? "Notifications" : $"Notifications, {_board.Unread} unread";

    public async ValueTask DisposeAsync()
    {
        Live.NotificationAdded -= OnAdded;
        Live.Connected -= OnConnected;
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _board = Board;
        if (!RendererInfo.IsInteractive)
            return;

        Live.NotificationAdded += OnAdded;
        Live.Connected += OnConnected;
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focusSheet)
            return;

        _focusSheet = false;
        await _sheet.FocusAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _board.Show(await Api.ListNotificationsAsync(NotificationBoard.Limit, _stop.Token));
            _loaded = true;
            _error = null;
        }
        catch (ApiException e)
        {
            _error = e.Message;
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
    }

    private void OnConnected(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        await LoadAsync();
        StateHasChanged();
    });

    private void OnAdded(object? sender, ArrivedEventArgs<Notification> e) => _ = InvokeAsync(() =>
    {
        var notification = e.Value;
        if (!_board.Add(notification))
            return;

        StateHasChanged();

        // When many jobs end at once the rest would queue up for minutes. The bell counts them all.
        if (Snackbar.ShownSnackbars.Count() >= Snackbar.Configuration.MaxDisplayedSnackbars)
            return;

        Snackbar.Add(notification.Text, NotificationLook.Severity(notification), options =>
        {
            // One with a button would stay until it is pressed.
            options.RequireInteraction = false;
            options.Icon = NotificationLook.Icon(notification);
            if (notification.JobId is null)
                return;
            options.Action = "Show";
            options.OnClick = _ => OpenAsync(notification);
        });
    });

    private Task ToggleAsync()
    {
        if (_open)
            return CloseAsync();

        _open = _focusSheet = true;
        return Task.CompletedTask;
    }

    private async Task CloseAsync()
    {
        _open = false;
        await _button.FocusAsync();
    }

    private Task OnKeyAsync(KeyboardEventArgs key) => key.Key is "Escape" ? CloseAsync() : Task.CompletedTask;

    private async Task OpenAsync(Notification notification)
    {
        _open = false;
        StateHasChanged();
        Navigation.NavigateTo(PanelRoutes.Job(notification.JobId!.Value));
        await MarkReadAsync(notification);
    }

    private Task MarkReadAsync(Notification notification) =>
        _board.MarkRead(notification.Id, Clock.GetUtcNow()) ? TellAsync([notification.Id]) : Task.CompletedTask;

    private Task MarkAllReadAsync()
    {
        _board.MarkAllRead(Clock.GetUtcNow());
        return TellAsync(ids: null);
    }

    private async Task TellAsync(IReadOnlyList<Guid>? ids)
    {
        try
        {
            using var action = UserAction.Begin("mark notifications read");
            await Api.MarkReadAsync(ids, _stop.Token);
        }
        catch (ApiException e)
        {
            Snackbar.Add(e.Message, Severity.Error);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
    }
}
