using Microsoft.AspNetCore.Components;
using Mom.Contracts.Jobs;
using Mom.Panel.Api;
using MudBlazor;

namespace Mom.Panel.Jobs;

/// <summary>Order a job with any number of operations.</summary>
public sealed partial class JobForm : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly JobDraft _draft = new();
    private readonly Dictionary<OperationDraft, OperationRow> _rows = [];
    private readonly JobDraftValidation _validation;
    private StartSelect _start = null!;
    private Focus? _focus;
    private string? _error;
    private string? _errorTraceId;
    private string? _startError;
    private string? _repeated;
    private bool _pasting;
    private bool _busy;

    public JobForm() => _validation = new JobDraftValidation(_draft);

    /// <summary>The API has accepted a job; <see langword="null"/> when it comes later, as an event.</summary>
    [Parameter] public EventCallback<Job?> OnOrdered { get; set; }

    /// <summary>The id of a job to copy, as in the address.</summary>
    [Parameter] public string? RepeatText { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || string.Equals(RepeatText, _repeated, StringComparison.Ordinal))
            return;

        _repeated = RepeatText;
        if (Guid.TryParse(RepeatText, out var id))
            await RepeatAsync(id);
    }

    // Focus goes to what the last action was about, once that is on the page: what was rendered before the action may be
    // reported only after it.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } focus || !_rows.TryGetValue(focus.Operation, out var row))
            return;

        _focus = null;
        await focus.On(row);
    }

    private async Task RepeatAsync(Guid id)
    {
        try
        {
            if (await Api.FindJobAsync(id, _stop.Token) is not { } job)
                return;

            _draft.Repeat(job);
            Reset();
        }
        catch (ApiException e)
        {
            Show(e);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
    }

    private void AddMany(IReadOnlyList<OperationDraft> operations)
    {
        _draft.Add(operations);
        Reset();
        _focus = Focus.Input(operations[^1]);
    }

    private void ChangeStart(JobStart start) => (_draft.Start, _startError) = (start, null);

    private void ChangeType(string name)
    {
        if (JobTypes.Find(name) is not { } type || type == _draft.Type)
            return;

        _pasting = false;
        _draft.Become(type);
        Reset();
    }

    private void Add()
    {
        var operation = _draft.Add();
        _focus = Focus.Input(operation);
    }

    private void Remove(OperationDraft operation)
    {
        var neighbour = _draft.Remove(operation);
        _rows.Remove(operation);
        _focus = Focus.Input(neighbour);
    }

    private void Move(OperationDraft operation, int by)
    {
        _draft.Move(operation, by);
        _focus = new Focus(operation, row => row.FocusMoveAsync(by));
    }

    private void FillWithExample()
    {
        _draft.FillWithExample();
        Reset();
    }

    private async Task SubmitAsync()
    {
        if (_busy)
            return;

        _busy = true;
        try
        {
            await _start.SettledAsync();
            if (IsValid())
                await OrderAsync();
            else
                FocusFirstInvalid();
        }
        catch (ApiException e)
        {
            Show(e);
        }
        finally
        {
            _busy = false;
        }
    }

    private bool IsValid()
    {
        _error = _errorTraceId = null;
        _startError = _draft.Start.Check(Clock.GetUtcNow());
        return _validation.Context.Validate() && _startError is null;
    }

    private async Task OrderAsync()
    {
        var (body, key) = _draft.ToOrder(Clock.GetUtcNow());
        JobOrder order;
        using (UserAction.Begin("order job"))
            order = await Api.CreateJobAsync(body, key, _stop.Token);
        _draft.Clear();
        Reset();
        Snackbar.Add(
            Words(order),
            Severity.Info,
            options =>
            {
                options.VisibleStateDuration = 2_500;
                options.DuplicatesBehavior = SnackbarDuplicatesBehavior.Prevent;
            });
        await OnOrdered.InvokeAsync(order.Job);
    }

    private static string Words(JobOrder order) => order switch
    {
        { Job: null } => "The job is accepted and will appear shortly.",
        { Existed: true } => "There is a job with this key already, and none was added.",
        { Job.Status: JobStatus.Scheduled } => "The job is scheduled.",
        _ => "The job is on its way.",
    };

    private void Show(ApiException e)
    {
        var elsewhere = _validation.Show(e);
        if (_validation.FirstInvalid is not null && elsewhere.Count == 0)
        {
            FocusFirstInvalid();
            return;
        }

        _error = string.Join(' ', [e.Message, .. elsewhere]);
        _errorTraceId = e.TraceId;
    }

    private void FocusFirstInvalid()
    {
        if (_validation.FirstInvalid is { } operation)
            _focus = Focus.Input(operation);
    }

    private void Reset()
    {
        foreach (var gone in _rows.Keys.Except(_draft.Operations).ToList())
            _rows.Remove(gone);
        _validation.Clear();
        _error = _errorTraceId = _startError = null;
        _focus = Focus.Input(_draft.Operations[0]);
    }

    private sealed record Focus(OperationDraft Operation, Func<OperationRow, ValueTask> On)
    {
        public static Focus Input(OperationDraft operation) => new(operation, row => row.FocusInputAsync());
    }
}
