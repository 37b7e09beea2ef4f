using Microsoft.AspNetCore.Components;
using Mom.Contracts.Jobs;
using Mom.Panel.Api;

namespace Mom.Panel.Jobs;

/// <summary>The actions that a job's state allows.</summary>
public sealed partial class JobActions : ComponentBase, IDisposable
{
    private const string CancelAction = "cancel job";
    private const string RetryAction = "retry job";

    private readonly CancellationTokenSource _stop = new();
    private string? _error;
    private bool _busy;

    [Parameter, EditorRequired] public Job Job { get; set; } = null!;

    /// <summary>Whether to use the compact form, as in a table.</summary>
    [Parameter] public bool Small { get; set; }

    /// <summary>The job as it is after an action. It also comes as an event, if the page is connected.</summary>
    [Parameter] public EventCallback<Job> OnChanged { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task ActAsync(string name, Func<Guid, CancellationToken, Task<Job?>> act)
    {
        (_busy, _error) = (true, null);
        try
        {
            Job? changed;
            using (UserAction.Begin(name))
                changed = await act(Job.Id, _stop.Token);
            if (changed is not null)
                await OnChanged.InvokeAsync(changed);
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
    }
}
