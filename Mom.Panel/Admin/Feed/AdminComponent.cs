using Microsoft.AspNetCore.Components;
using Mom.Panel.Api;
using MudBlazor;

namespace Mom.Panel.Admin.Feed;

/// <summary>A page of administrators with live figures, which can be paused.</summary>
public abstract class AdminComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private AdminWatch? _watch;

    /// <summary>What the page shows.</summary>
    public AdminSnapshot View { get; private set; } = AdminSnapshot.None;

    /// <summary>Whether updates are paused.</summary>
    public bool IsPaused => RendererInfo.IsInteractive && _watch is null;

    [Inject] protected AdminClient Client { get; set; } = null!;

    [Inject] protected AdminFeed Feed { get; set; } = null!;

    [Inject] protected TimeProvider Clock { get; set; } = null!;

    [Inject] protected ISnackbar Snackbar { get; set; } = null!;

    /// <summary>Whether the page shows figures at all.</summary>
    protected virtual bool IsLive => true;

    /// <summary>Fires when the page is left.</summary>
    protected CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        _watch?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Pauses the updates of the page, or resumes them.</summary>
    public void TogglePause()
    {
        if (_watch is null)
        {
            Begin();
            return;
        }

        _watch.Dispose();
        _watch = null;
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive && IsLive)
            Begin();
    }

    /// <summary>Called when there are new figures.</summary>
    protected virtual void OnFigures()
    {
    }

    /// <summary>Runs an action and shows its success or its error.</summary>
    /// <param name="name">What the user does: a verb and its object, in lower case.</param>
    /// <param name="done">The message after success.</param>
    /// <param name="act">The action.</param>
    /// <returns>Whether it succeeded.</returns>
    protected async Task<bool> TryAsync(string name, string done, Func<Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        try
        {
            using (UserAction.Begin(name))
                await act();
            Snackbar.Add(done, Severity.Success);
            Feed.AskNow();
            return true;
        }
        catch (ApiException e)
        {
            Snackbar.Add(e.Message, Severity.Error);
            return false;
        }
        catch (OperationCanceledException)
        {
            // The page is left.
            return false;
        }
    }

    private void Begin() => _watch = Feed.Watch(Client, () => _ = InvokeAsync(Show));

    private void Show()
    {
        if (_watch is not { } watch || _stop.IsCancellationRequested)
            return;

        View = watch.Snapshot;
        OnFigures();
        StateHasChanged();
    }
}
