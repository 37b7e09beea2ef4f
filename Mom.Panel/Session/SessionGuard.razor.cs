using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Mom.Panel.Api;

namespace Mom.Panel.Session;

/// <summary>Renews the session while its user is active, warns before it expires, and opens the login page after it has ended.</summary>
public sealed partial class SessionGuard : ComponentBase
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private DotNetObjectReference<SessionGuard>? _self;
    private IJSObjectReference? _script;
    private IJSObjectReference? _watch;
    private Task _loop = Task.CompletedTask;
    private DateTimeOffset _lastActivity;
    private int? _secondsLeft;
    private bool _renewing;

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private CurrentSession Current { get; set; } = null!;

    [Inject] private SessionSeal Seal { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private ILogger<SessionGuard> Logger { get; set; } = null!;

    [JSInvokable]
    public Task OnActivityAsync()
    {
        _lastActivity = Clock.GetUtcNow();
        return LookAsync();
    }

    /// <summary>Another window has renewed the session, perhaps at another replica: the token of this window is valid for a few more seconds only.</summary>
    [JSInvokable]
    public async Task OnRenewedAsync(string sealedSession)
    {
        if (Seal.Open(sealedSession) is { } renewed && string.Equals(renewed.Id, (await Current.GetAsync())?.Id, StringComparison.Ordinal))
            Current.Use(renewed);
    }

    public async ValueTask DisposeAsync()
    {
        Current.Ended -= OnEnded;
        await _stop.CancelAsync();
        await _loop;
        try
        {
            if (_watch is not null)
            {
                await _watch.InvokeVoidAsync("stop");
                await _watch.DisposeAsync();
            }

            if (_script is not null)
                await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is disconnected; its listeners are gone.
        }

        _self?.Dispose();
        _stop.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        Current.Ended += OnEnded;
        _self = DotNetObjectReference.Create(this);
        _script = await Js.InvokeAsync<IJSObjectReference>("import", "/" + Assets["Session/SessionGuard.razor.js"]);
        _watch = await _script.InvokeAsync<IJSObjectReference>("watch", _self);
        _loop = WatchAsync();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(LookEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await LookAsync();
        }
        catch (OperationCanceledException)
        {
            // The circuit ends.
        }
    }

    private async Task LookAsync()
    {
        if (Current.HasEnded || await Current.GetAsync() is not { } session)
            return;

        var now = Clock.GetUtcNow();
        var step = Renewal.Next(session.IssuedAt, session.ExpiresAt, _lastActivity, now);
        if (step is RenewalStep.End)
            Current.End();
        else if (step is RenewalStep.Renew)
            await RenewAsync();
        else
            Warn(step is RenewalStep.Warn ? (int)(session.ExpiresAt - now).TotalSeconds : null);
    }

    private async Task StayAsync()
    {
        _lastActivity = Clock.GetUtcNow();
        using var action = UserAction.Begin("stay logged in");
        await RenewAsync();
    }

    private async Task RenewAsync()
    {
        if (_renewing)
            return;

        _renewing = true;
        try
        {
            var (session, renewed) = await Current.RenewAsync(() => Api.RenewAsync(_stop.Token), _stop.Token);
            Warn(null);
            if (renewed && !await _script!.InvokeAsync<bool>("keep", _stop.Token, PanelRoutes.Renew, Seal.Close(session)))
                CookieNotRenewed(Logger);
        }
        catch (ApiException e) when (!Current.HasEnded)
        {
            // The next check, in a few seconds, tries again.
            RenewalFailed(Logger, e);
        }
        catch (Exception e) when (e is ApiException or JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The session has ended, or the browser is disconnected.
        }
        finally
        {
            _renewing = false;
        }
    }

    private void Warn(int? secondsLeft)
    {
        if (_secondsLeft == secondsLeft)
            return;

        _secondsLeft = secondsLeft;
        StateHasChanged();
    }

    private void OnEnded(object? sender, EventArgs e) => _ = InvokeAsync(() =>
        Navigation.NavigateTo(
            PanelRoutes.LoginThenReturn("/" + Navigation.ToBaseRelativePath(Navigation.Uri), ended: true),
            forceLoad: true));

    [LoggerMessage(LogLevel.Warning, "The session could not be renewed; it is tried again")]
    private static partial void RenewalFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The browser's cookie could not be renewed: a reload of the page may need a login")]
    private static partial void CookieNotRenewed(ILogger logger);
}
