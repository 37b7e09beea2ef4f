using Microsoft.AspNetCore.Components;
using Mom.Contracts.Jobs;
using Mom.Panel.Api;
using Mom.Panel.Figures;
using Mom.Panel.Live;

namespace Mom.Panel.Jobs;

/// <summary>The user's jobs, page by page, as they are right now.</summary>
public sealed partial class JobList : ComponentBase, IAsyncDisposable
{
    // The shortest time between two requests to the API.
    private static readonly TimeSpan RefreshAtMostEvery = TimeSpan.FromMilliseconds(500);

    // The shortest time between two renderings, each of which costs the browser a frame.
    private static readonly TimeSpan DrawAtMostEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly JobBoard _board = new();
    private readonly Dictionary<Guid, Job> _chosen = [];
    private Throttled _refresh = null!;
    private Throttled _draw = null!;
    private JobQuery? _asked;
    private ApiException? _error;
    private bool _shown;
    private bool _loading;

    [Parameter, EditorRequired] public JobQuery Query { get; set; } = null!;

    [Parameter] public EventCallback<JobQuery> QueryChanged { get; set; }

    /// <summary>Raised with the query of the last page when the requested page is beyond it.</summary>
    [Parameter] public EventCallback<JobQuery> QueryCorrected { get; set; }

    /// <summary>What is known of all jobs of the user.</summary>
    [Parameter] public JobSummary? Summary { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private LiveConnection Live { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private string Total => (_shown, _board.Total) switch
    {
        (false, _) => "",
        (_, 0) => "none",
        (_, var total) => Amount.Of(total, "job"),
    };

    private bool AllChosen => _board.Jobs.Count > 0 && _board.Jobs.All(job => _chosen.ContainsKey(job.Id));

    /// <summary>Shows a job that was ordered just now; with <see langword="null"/> asks the API for it.</summary>
    public void Add(Job? job)
    {
        if (job is not null && _chosen.ContainsKey(job.Id))
            _chosen[job.Id] = job;
        if (job is null || _board.Apply(job))
            _ = _refresh.AskAsync();
        else
            _ = _draw.AskAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Live.JobChanged -= OnJobChanged;
        Live.Connected -= OnConnected;
        _refresh.Dispose();
        _draw.Dispose();
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    protected override void OnInitialized()
    {
        _refresh = new Throttled(LoadAsync, RefreshAtMostEvery, Clock);
        _draw = new Throttled(DrawAsync, DrawAtMostEvery, Clock);
        if (!RendererInfo.IsInteractive)
            return;

        Live.JobChanged += OnJobChanged;
        Live.Connected += OnConnected;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || Query == _asked)
            return;

        _asked = Query;
        _chosen.Clear();
        await ListAsync();
    }

    private async Task ListAsync()
    {
        using var action = UserAction.Begin("list jobs");
        await LoadAsync();
    }

    private void Choose(Job job, bool chosen)
    {
        if (chosen)
            _chosen[job.Id] = job;
        else
            _chosen.Remove(job.Id);
    }

    private void ChooseAll(bool chosen)
    {
        foreach (var job in _board.Jobs)
            Choose(job, chosen);
    }

    private void OnJobChanged(object? sender, ArrivedEventArgs<Job> e) => _ = InvokeAsync(() => Add(e.Value));

    private void OnConnected(object? sender, EventArgs e) => _ = InvokeAsync(_refresh.AskAsync);

    private Task DrawAsync()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        var query = Query;
        _loading = true;
        try
        {
            var page = await Api.ListJobsAsync(query, _stop.Token);
            if (query != Query)
                return;

            _board.Show(query, page);
            foreach (var job in _board.Jobs.Where(job => _chosen.ContainsKey(job.Id)))
                _chosen[job.Id] = job;
            _error = null;
            _shown = true;
        }
        catch (ApiException e)
        {
            // After a failed refresh the page still shows the answer to its query; after a new query it does not.
            _error = e;
            _shown = _shown && _board.Query == query;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            _loading = false;
        }

        StateHasChanged();
        if (query.Page > _board.Pages)
            await QueryCorrected.InvokeAsync(query with { Page = _board.Pages });
    }

    private Task TurnAsync(int page) =>
        page == Query.Page ? Task.CompletedTask : QueryChanged.InvokeAsync(Query with { Page = page });
}
