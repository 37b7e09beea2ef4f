using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mom.Contracts.Operations;
using Mom.Panel.Api;

namespace Mom.Panel.DeadLetters;

/// <summary>The messages that could not be handled, and what to do about each.</summary>
public sealed partial class DeadLettersPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private DeadLetterQuery? _asked;
    private DeadLetterPage? _found;
    private string? _error;
    private bool _loading;

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private string? Text { get; set; }

    [SupplyParameterFromQuery] private string? Page { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private DeadLetterQuery Query => DeadLetterQuery.From(State, Text, Page);

    private int Pages => _found is null ? 1 : (_found.Total + DeadLetterQuery.PageSize - 1) / DeadLetterQuery.PageSize;

    private string Summary => _found switch
    {
        null => "",
        { Total: 0 } => "none",
        { Total: 1 } => "1 message",
        { Total: var total } => string.Create(CultureInfo.InvariantCulture, $"{total} messages"),
    };

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || Query == _asked)
            return;

        await LoadAsync();
    }

    private static string Label(DeadLetterState state) => state switch
    {
        DeadLetterState.Dead => "To decide",
        DeadLetterState.Replayed => "Replayed",
        _ => "Discarded",
    };

    private async Task LoadAsync()
    {
        var query = Query;
        (_asked, _loading) = (query, true);
        try
        {
            using var action = UserAction.Begin("list dead letters");
            var found = await Api.ListDeadLettersAsync(query, _stop.Token);
            if (query == Query)
                (_found, _error) = (found, null);
        }
        catch (ApiException e)
        {
            (_found, _error) = (null, e.Message);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
        finally
        {
            _loading = false;
        }
    }

    // The filter is in the address: it survives a reload, and can be sent to somebody else.
    private void Show(DeadLetterQuery query) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["state"] = query.State == DeadLetterState.Dead ? null : query.State.ToString(),
            ["text"] = query.Text,
            ["page"] = query.Page == 1 ? null : query.Page,
        }),
        replace: true);
}
