using Microsoft.AspNetCore.Components;
using Mom.Contracts.Users;
using Mom.Panel.Api;
using MudBlazor;

namespace Mom.Panel.Account;

/// <summary>The user's sessions. Each can be ended but the current one, which ends by logging out.</summary>
public sealed partial class SessionList : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<SessionSummary>? _sessions;
    private string? _error;
    private bool _busy;

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private int Others => _sessions?.Count(session => !session.Current) ?? 0;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    public Task LoadAsync() => RunAsync("list sessions", () => Task.CompletedTask);

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private Task EndAsync(SessionSummary session) => RunAsync("end session", () => Api.EndSessionAsync(session.Id, _stop.Token));

    private Task EndOthersAsync() => RunAsync("end other sessions", async () =>
    {
        var ended = await Api.EndOtherSessionsAsync(_stop.Token);
        Snackbar.Add(ended == 1 ? "One session has ended." : $"{ended} sessions have ended.", Severity.Info);
    });

    // The list is read again after each action, because other windows change it too.
    private async Task RunAsync(string name, Func<Task> act)
    {
        _busy = true;
        try
        {
            using var action = UserAction.Begin(name);
            await act();
            _sessions = await Api.ListSessionsAsync(_stop.Token);
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
        finally
        {
            _busy = false;
        }

        StateHasChanged();
    }
}
