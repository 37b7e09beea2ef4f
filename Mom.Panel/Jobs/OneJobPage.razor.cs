using Microsoft.AspNetCore.Components;
using Mom.Contracts.Jobs;
using Mom.Panel.Api;
using Mom.Panel.Live;

namespace Mom.Panel.Jobs;

/// <summary>One job, with all that happened to it: where notifications and links lead.</summary>
public sealed partial class OneJobPage(ApiClient api, LiveConnection live) : ComponentBase, IDisposable
{
    private Job? _job;
    private string? _error;
    private bool _missing;

    [Parameter] public Guid Id { get; set; }

    public void Dispose()
    {
        live.JobChanged -= OnJobChanged;
        live.Connected -= OnConnected;
    }

    protected override void OnInitialized()
    {
        if (!RendererInfo.IsInteractive)
            return;

        live.JobChanged += OnJobChanged;
        live.Connected += OnConnected;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _job?.Id == Id)
            return;

        _job = null;
        using (UserAction.Begin("open job"))
            await LoadAsync();
    }

    private static string Sum(Job job, Func<JobDetail, TimeSpan?> of) =>
        job.Details.Any(detail => of(detail) is not null) ? TimeSpan.FromTicks(job.Details.Sum(detail => (of(detail) ?? TimeSpan.Zero).Ticks)).Words() : "–";

    private async Task LoadAsync()
    {
        try
        {
            var found = await api.FindJobAsync(Id, CancellationToken.None);
            _missing = found is null;
            _error = null;
            if (found is not null)
                Take(found);
        }
        catch (ApiException e)
        {
            _error = e.Message;
        }
    }

    private void Take(Job job)
    {
        if (job.Id == Id && _job?.IsNewerThan(job) != true)
            _job = job;
    }

    private void OnJobChanged(object? sender, ArrivedEventArgs<Job> e) => _ = InvokeAsync(() =>
    {
        Take(e.Value);
        StateHasChanged();
    });

    private void OnConnected(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        await LoadAsync();
        StateHasChanged();
    });
}
