using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mom.Contracts.Jobs;
using Mom.Panel.Api;
using Mom.Panel.Live;

namespace Mom.Panel.Jobs;

/// <summary>The user's jobs, page by page, as they are right now.</summary>
public sealed partial class JobList : ComponentBase, IAsyncDisposable
{
    // However many events ask for it, the API is asked no more often.
    private static readonly TimeSpan RefreshAtMostEvery = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly JobBoard _board = new();
    private JobQuery? _asked;
    private ApiException? _error;
    private bool _shown;
    private bool _loading;
    private bool _refreshing;
    private bool _refreshAgain;

    [Parameter, EditorRequired] public JobQuery Query { get; set; } = null!;

    [Parameter] public EventCallback<JobQuery> QueryChanged { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private LiveConnection Live { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private string Summary => (_shown, _board.Total) switch
    {
        (false, _) => "",
        (_, 0) => "none",
        (_, 1) => "1 job",
        (_, var total) => string.Create(CultureInfo.InvariantCulture, $"{total} jobs"),
    };

    /// <summary>Shows a job that was ordered just now; with <see langword="null"/> asks the API for it.</summary>
    public async Task AddAsync(Job? job)
    {
        if (job is null || _board.Apply(job))
            await RefreshAsync();
        else
            StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        Live.JobChanged -= OnJobChanged;
        Live.Connected -= OnConnected;
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    protected override void OnInitialized()
    {
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
        await ListAsync();
    }

    private async Task ListAsync()
    {
        using var action = UserAction.Begin("list jobs");
        await LoadAsync();
    }

    private void OnJobChanged(object? sender, ArrivedEventArgs<Job> e) => _ = InvokeAsync(() => AddAsync(e.Value));

    private void OnConnected(object? sender, EventArgs e) => _ = InvokeAsync(RefreshAsync);

    private async Task RefreshAsync()
    {
        if (_refreshing)
        {
            _refreshAgain = true;
            return;
        }

        _refreshing = true;
        try
        {
            do
            {
                _refreshAgain = false;
                await LoadAsync();
                await Task.Delay(RefreshAtMostEvery, Clock, _stop.Token);
            }
            while (_refreshAgain);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
        finally
        {
            _refreshing = false;
        }
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
            _error = null;
            _shown = true;
        }
        catch (ApiException e)
        {
            // What is on the page still holds when it was only to be refreshed, but it does not answer another question.
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
            await TurnAsync(_board.Pages);
    }

    private Task TurnAsync(int page) =>
        page == Query.Page ? Task.CompletedTask : QueryChanged.InvokeAsync(Query with { Page = page });
}
