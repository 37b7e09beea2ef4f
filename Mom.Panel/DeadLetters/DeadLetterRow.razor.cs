using Microsoft.AspNetCore.Components;
using Mom.Contracts.Operations;
using Mom.Panel.Api;

namespace Mom.Panel.DeadLetters;

/// <summary>One line of the table: a dead letter with its reason and its actions.</summary>
public sealed partial class DeadLetterRow : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private string? _error;
    private string? _reason;
    private bool _discarding;
    private bool _busy;

    [Parameter, EditorRequired] public DeadLetter Letter { get; set; } = null!;

    /// <summary>Raised after this row has replayed or discarded the dead letter.</summary>
    [Parameter] public EventCallback OnDecided { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private Task ReplayAsync() => DecideAsync("replay dead letter", () => Api.ReplayAsync(Letter.Id, _stop.Token));

    private Task DiscardAsync() => DecideAsync("discard dead letter", () => Api.DiscardAsync(Letter.Id, new DiscardBody(_reason), _stop.Token));

    private async Task DecideAsync(string name, Func<Task> decide)
    {
        (_busy, _error) = (true, null);
        try
        {
            using (UserAction.Begin(name))
                await decide();
            await OnDecided.InvokeAsync();
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
    }
}
