using Microsoft.AspNetCore.Components;
using Mom.Panel.Api;
using MudBlazor;

namespace Mom.Panel.Admin.Feed;

/// <summary>A page of administrators that shows live figures, until somebody pauses it.</summary>
public abstract class AdminComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private AdminWatch? _watch;

    /// <summary>What the page shows.</summary>
    public AdminSnapshot View { get; private set; } = AdminSnapshot.None;

    /// <summary>Whether it stays as it is.</summary>
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

    /// <summary>There are new figures.</summary>
    protected virtual void OnFigures()
    {
    }

    /// <summary>Does something, and says so, or why it could not be done.</summary>
    /// <param name="name">What the user does: a verb and its object, in lower case.</param>
    /// <param name="done">What to say when it is done.</param>
    /// <param name="act">Does it.</param>
    /// <returns>Whether it was done.</returns>
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
