using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mom.Contracts.Jobs;
using Mom.Panel.Api;
using MudBlazor;

namespace Mom.Panel.Jobs;

/// <summary>Acts on several jobs at once. Each is asked for by itself: one that is refused keeps none of the others from it.</summary>
public sealed partial class JobBulk : ComponentBase, IDisposable
{
    // The API takes so many of one user without making others wait.
    private const int AtATime = 4;

    private readonly CancellationTokenSource _stop = new();
    private bool _busy;
    private int _done;
    private int _of;

    [Parameter, EditorRequired] public IReadOnlyDictionary<Guid, Job> Jobs { get; set; } = null!;

    /// <summary>A job as it is after it was acted on.</summary>
    [Parameter] public EventCallback<Job> OnChanged { get; set; }

    /// <summary>Nothing is to be chosen any more.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private List<Job> Cancellable => [.. Jobs.Values.Where(job => !job.Done)];

    private List<Job> Retryable => [.. Jobs.Values.Where(job => job.Status is JobStatus.Failed or JobStatus.Cancelled)];

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static string Words(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "job" : "jobs")} {what}");

    private Task CancelAsync() => ActAsync("cancel jobs", "cancelled", Cancellable, Api.CancelJobAsync);

    private Task RetryAsync() => ActAsync("retry jobs", "started anew", Retryable, Api.RetryJobAsync);

    private async Task ActAsync(string name, string outcome, List<Job> jobs, Func<Guid, CancellationToken, Task<Job?>> act)
    {
        (_busy, _done, _of) = (true, 0, jobs.Count);
        var refused = new List<string>();
        using var action = UserAction.Begin(name);
        try
        {
            foreach (var some in jobs.Chunk(AtATime))
            {
                await Task.WhenAll(some.Select(job => ActAsync(job, act, refused)));
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            _busy = false;
        }

        if (_of > refused.Count)
            Snackbar.Add($"{Words(_of - refused.Count, outcome)}.", Severity.Info);
        if (refused.Count > 0)
            Snackbar.Add($"{Words(refused.Count, "not " + outcome)}. {string.Join(' ', refused.Distinct(StringComparer.Ordinal))}", Severity.Error);
        await OnDone.InvokeAsync();
    }

    private async Task ActAsync(Job job, Func<Guid, CancellationToken, Task<Job?>> act, List<string> refused)
    {
        try
        {
            if (await act(job.Id, _stop.Token) is { } changed)
                await OnChanged.InvokeAsync(changed);
        }
        catch (ApiException e)
        {
            refused.Add(e.Message);
        }

        _done++;
    }
}
