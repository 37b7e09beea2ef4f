using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mom.Contracts.Jobs;
using Mom.Contracts.Recurring;
using Mom.Panel.Api;
using Mom.Panel.Live;

namespace Mom.Panel.Recurring;

/// <summary>The user's recurring jobs. Each job that one of them makes is an event, with which the list is read again.</summary>
public sealed partial class RecurringList : ComponentBase, IDisposable
{
    private static readonly TimeSpan RefreshAtMostEvery = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Throttled _refresh = null!;
    private IReadOnlyList<RecurringJob>? _jobs;
    private Guid? _deleting;
    private string? _error;
    private bool _busy;

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private LiveConnection Live { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private string Total => _jobs is not { Count: > 0 } jobs ? "" : string.Create(CultureInfo.InvariantCulture, $"{jobs.Count} of {RecurringLimits.PerUser}");

    public void Dispose()
    {
        Live.JobChanged -= OnJobChanged;
        Live.Connected -= OnConnected;
        _refresh.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    public Task LoadAsync() => RunAsync("list recurring jobs", () => Task.CompletedTask);

    protected override Task OnInitializedAsync()
    {
        _refresh = new Throttled(ReadAsync, RefreshAtMostEvery, Clock);
        if (!RendererInfo.IsInteractive)
            return Task.CompletedTask;

        Live.JobChanged += OnJobChanged;
        Live.Connected += OnConnected;
        return LoadAsync();
    }

    private static string Does(RecurringJob job) => job.Job.Details is [{ } first, ..] details
        ? Expression.Brief(new JobDetail(first.Method!, first.Numbers ?? [], Result: null, Error: null, Attempts: 0, Text: first.Text)) + (details.Count > 1 ? $" and {details.Count - 1} more" : "")
        : "";

    private Task PauseAsync(RecurringJob job) =>
        RunAsync(job.Paused ? "resume recurring job" : "pause recurring job", () => Api.PauseRecurringAsync(job.Id, !job.Paused, _stop.Token));

    private Task DeleteAsync(RecurringJob job)
    {
        _deleting = null;
        return RunAsync("delete recurring job", () => Api.DeleteRecurringAsync(job.Id, _stop.Token));
    }

    private void OnJobChanged(object? sender, ArrivedEventArgs<Job> e)
    {
        if (e.Value.RecurringId is not null)
            _ = InvokeAsync(_refresh.AskAsync);
    }

    private void OnConnected(object? sender, EventArgs e) => _ = InvokeAsync(_refresh.AskAsync);

    // The list is read again after each action, because other windows change it too.
    private async Task RunAsync(string name, Func<Task> act)
    {
        _busy = true;
        try
        {
            using var action = UserAction.Begin(name);
            await act();
            await ReadAsync();
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

    private async Task ReadAsync()
    {
        try
        {
            _jobs = await Api.ListRecurringAsync(_stop.Token);
            _error = null;
        }
        catch (ApiException e)
        {
            _error = e.Message;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        StateHasChanged();
    }
}
