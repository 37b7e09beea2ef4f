using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Mom.Contracts.Recurring;
using Mom.Panel.Api;
using Mom.Panel.Jobs;
using MudBlazor;

namespace Mom.Panel.Recurring;

/// <summary>Sets up a recurring job.</summary>
public sealed partial class RecurringForm : ComponentBase, IDisposable
{
    private static readonly IReadOnlyList<string> _zones =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    private readonly CancellationTokenSource _stop = new();
    private readonly RecurringDraft _draft = new();
    private readonly JobDraftValidation _validation;
    private string? _error;
    private bool _tried;
    private bool _busy;

    public RecurringForm() => _validation = new JobDraftValidation(_draft.Job);

    /// <summary>The API has accepted it.</summary>
    [Parameter] public EventCallback OnCreated { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    // Only the browser knows the zone of its user.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !RendererInfo.IsInteractive)
            return;

        try
        {
            await using var script = await Js.InvokeAsync<IJSObjectReference>("import", _stop.Token, "/" + Assets["Recurring/RecurringForm.razor.js"]);
            var zone = await script.InvokeAsync<string?>("timeZone", _stop.Token);
            if (Recurrence.IsTimeZone(zone))
            {
                _draft.TimeZone = zone!;
                StateHasChanged();
            }
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The browser has left.
        }
    }

    // An empty name is no error before somebody has tried.
    private string? Shown(string? error) => _tried ? error : null;

    private async Task SubmitAsync()
    {
        if (_busy)
            return;

        (_error, _tried) = (null, true);
        if (!_validation.Context.Validate() || !_draft.IsValid)
            return;

        _busy = true;
        try
        {
            var (body, key) = _draft.ToOrder(Clock.GetUtcNow());
            using (UserAction.Begin("create recurring job"))
                await Api.CreateRecurringAsync(body, key, _stop.Token);
            _draft.Clear();
            _validation.Clear();
            _tried = false;
            Snackbar.Add("It is set up.", Severity.Info);
            await OnCreated.InvokeAsync();
        }
        catch (ApiException e)
        {
            _error = string.Join(' ', [e.Message, .. _validation.Show(e)]);
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
