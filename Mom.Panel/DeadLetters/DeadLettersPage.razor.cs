using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mom.Contracts.Operations;
using Mom.Panel.Admin.Feed;
using Mom.Panel.Api;

namespace Mom.Panel.DeadLetters;

/// <summary>The list of dead letters, with filters and actions.</summary>
public sealed partial class DeadLettersPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private DeadLetterQuery? _asked;
    private DeadLetterPage? _found;
    private IReadOnlyList<DeadLetterCause> _groups = [];
    private IReadOnlyList<DeadLetterOperation> _orders = [];
    private (DeadLetterQuery Query, DeadLetterOperationKind Kind)? _order;
    private string? _error;
    private bool _loading;

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private string? Text { get; set; }

    [SupplyParameterFromQuery] private string? Page { get; set; }

    [SupplyParameterFromQuery] private string? Queue { get; set; }

    [SupplyParameterFromQuery] private string? Type { get; set; }

    [SupplyParameterFromQuery] private string? Reason { get; set; }

    [SupplyParameterFromQuery] private string? ExceptionType { get; set; }

    [Inject] private AdminClient Admin { get; set; } = null!;

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private DeadLetterQuery Query => DeadLetterQuery.From(State, Text, Page) with { Queue = Queue, Type = Type, Reason = Reason, Exception = ExceptionType };

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
            var groups = query.State == DeadLetterState.Dead ? await Admin.ListGroupsAsync(query.ToFilterString(), _stop.Token) : [];
            var orders = await Admin.ListOperationsAsync(_stop.Token);
            if (query == Query)
                (_found, _groups, _orders, _error) = (found, groups, orders, null);
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

    private void Decide((DeadLetterQuery Query, DeadLetterOperationKind Kind) order) => _order = order;

    private static string Which(DeadLetterFilter filter) =>
        string.Join(", ", new[] { filter.Queue, filter.Type, filter.Reason, filter.ExceptionType, filter.Exception, filter.Text }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } parts
            ? parts
            : "all that waited for a decision";

    // The filter is part of the address: it survives a reload, can be shared as a link, and Back restores the former filter.
    // Consecutive typing is one entry of the history.
    private void Show(DeadLetterQuery query) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["state"] = query.State == DeadLetterState.Dead ? null : query.State.ToString(),
            ["text"] = query.Text,
            ["page"] = query.Page == 1 ? null : query.Page,
            ["queue"] = query.Queue,
            ["type"] = query.Type,
            ["reason"] = query.Reason,
            ["exceptionType"] = query.Exception,
        }),
        replace: query.Text is not null && Query.Text is not null && query == Query with { Text = query.Text, Page = 1 });
}
