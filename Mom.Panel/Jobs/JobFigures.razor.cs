using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mom.Contracts.Jobs;
using Mom.Panel.Api;
using Mom.Panel.Figures;
using Mom.Panel.Live;

namespace Mom.Panel.Jobs;

/// <summary>Figures of the user's jobs: counts by state, the last hour, and reasons for waiting.</summary>
public sealed partial class JobFigures : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan RefreshAtMostEvery = TimeSpan.FromSeconds(1);

    // The chart moves with time even if no job changes.
    private static readonly TimeSpan RefreshAtLeastEvery = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private Throttled _refresh = null!;
    private DateTimeOffset _asOf;
    private string? _text;
    private string? _error;

    /// <summary>Only jobs that contain this text are counted; <see langword="null"/> for all.</summary>
    [Parameter] public string? Text { get; set; }

    [Parameter] public JobSummary? Summary { get; set; }

    [Parameter] public EventCallback<JobSummary> SummaryChanged { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private LiveConnection Live { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        Live.JobChanged -= OnJobChanged;
        Live.Connected -= OnConnected;
        _refresh.Dispose();
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    protected override void OnInitialized()
    {
        _refresh = new Throttled(LoadAsync, RefreshAtMostEvery, Clock);
        _text = Text;
        if (!RendererInfo.IsInteractive)
            return;

        Live.JobChanged += OnJobChanged;
        Live.Connected += OnConnected;
        _ = TickAsync();
    }

    protected override void OnParametersSet()
    {
        if (string.Equals(_text, Text, StringComparison.Ordinal))
            return;

        _text = Text;
        _ = _refresh.AskAsync();
    }

    private static IEnumerable<string> Reasons(JobSummary summary)
    {
        if (summary.WaitForWorker > 0)
            yield return $"{Jobs(summary.WaitForWorker)} for a worker";
        if (summary.PausedTypes is { Count: > 0 } paused)
            yield return $"The {string.Join(" and ", paused)} workers are paused: their jobs wait";

        if (summary.WaitForTurn > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Jobs(summary.WaitForTurn)} for its turn: at most {summary.UnderWay} of one user are under way at a time");
        if (summary is { WaitForWorker: 0, WaitForTurn: 0, NextRunAt: null })
            yield return "Nothing waits";
    }

    private static string Jobs(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "job waits" : "jobs wait")}");

    private static string Time(double? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known).Words() : "–";

    private string Count(JobStatus status) => Amount.Of(Summary!.Counts.GetValueOrDefault(status.Word()));

    private async Task TickAsync()
    {
        await _refresh.AskAsync();
        using var timer = new PeriodicTimer(RefreshAtLeastEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await InvokeAsync(_refresh.AskAsync);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
    }

    private void OnJobChanged(object? sender, ArrivedEventArgs<Job> e) => _ = InvokeAsync(_refresh.AskAsync);

    private void OnConnected(object? sender, EventArgs e) => _ = InvokeAsync(_refresh.AskAsync);

    private async Task LoadAsync()
    {
        try
        {
            var summary = await Api.SummarizeJobsAsync(_text, _stop.Token);
            (_error, _asOf) = (null, Clock.GetUtcNow());
            await SummaryChanged.InvokeAsync(summary);
        }
        catch (ApiException e)
        {
            _error = e.Message;
        }

        StateHasChanged();
    }
}
