using Microsoft.AspNetCore.Components;
using Mom.Contracts.Operations;
using Mom.Panel.Admin.Feed;
using Mom.Panel.Api;

namespace Mom.Panel.DeadLetters;

/// <summary>An operation on many dead letters: dry run, start, progress.</summary>
public sealed partial class DeadLetterOrder : ComponentBase, IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private DeadLetterOperation? _dry;
    private DeadLetterOperation? _running;
    private string? _error;
    private string? _reason;
    private int _perSecond = 50;
    private bool _busy;

    [Parameter, EditorRequired] public DeadLetterQuery Query { get; set; } = null!;

    [Parameter, EditorRequired] public DeadLetterOperationKind Kind { get; set; }

    /// <summary>Raised when the operation has ended.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    [Parameter] public EventCallback OnClosed { get; set; }

    [Inject] private AdminClient Admin { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private bool IsReplay => Kind == DeadLetterOperationKind.Replay;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override Task OnInitializedAsync() => TryAsync("count dead letters", async () => _dry = await Admin.StartOperationAsync(Body(dryRun: true), _stop.Token));

    private static int Decided(DeadLetterOperation operation) => operation.Done + operation.Skipped;

    private DeadLetterOperationBody Body(bool dryRun) => new(Kind, Query.ToFilter(), dryRun, Math.Clamp(_perSecond, 1, 1_000), dryRun ? null : _reason);

    private async Task StartAsync()
    {
        _busy = true;
        await TryAsync(IsReplay ? "replay dead letters" : "discard dead letters", async () => _running = await Admin.StartOperationAsync(Body(dryRun: false), _stop.Token));
        _busy = false;
        if (_running is not null)
            await TryAsync(name: null, FollowAsync);
    }

    // The operation runs in the worker and does not need this page.
    private async Task FollowAsync()
    {
        while (_running is { FinishedAt: null } running)
        {
            StateHasChanged();
            await Task.Delay(LookAgain, Clock, _stop.Token);
            _running = await Admin.GetOperationAsync(running.Id, _stop.Token);
        }

        await OnDone.InvokeAsync();
    }

    private async Task CloseAsync()
    {
        await OnClosed.InvokeAsync();
        await OnDone.InvokeAsync();
    }

    private async Task TryAsync(string? name, Func<Task> act)
    {
        _error = null;
        try
        {
            using var action = name is null ? null : UserAction.Begin(name);
            await act();
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
}
