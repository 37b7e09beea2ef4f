using System.Collections.Concurrent;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mom.Hosting.Restarts;

/// <summary>Watches every resource that has a <see cref="RestartAnnotation"/>; there is one of it in an application.</summary>
/// <remarks>A subscriber and no hosted service: those are started one after the other, the later ones only when all resources have begun.</remarks>
internal sealed class Restarter(
    ResourceNotificationService notifications,
    ResourceLoggerService resourceLogs,
    IHostApplicationLifetime lifetime,
    IServiceProvider services,
    TimeProvider time,
    ILogger<Restarter> log) : IDistributedApplicationEventingSubscriber
{
    // By the id of the instance: each replica is restarted alone.
    private readonly ConcurrentDictionary<(IResource Resource, string Id), Run> _runs = new();

    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        if (!executionContext.IsRunMode)
            return Task.CompletedTask;

        eventing.Subscribe<BeforeResourceStartedEvent>((starting, _) =>
        {
            if (starting.Resource.TryGetLastAnnotation<RestartAnnotation>(out var restart))
                Announce(starting.Resource, restart);
            return Task.CompletedTask;
        });
        _ = WatchAsync(lifetime.ApplicationStopping);
        return Task.CompletedTask;
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var update in notifications.WatchAsync(stopping))
            {
                if (update.Resource.TryGetLastAnnotation<RestartAnnotation>(out var restart))
                    await ObserveAsync(update, restart, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nothing is restarted while the application stops.
        }
        catch (Exception exception)
        {
            log.WatchingFailed(exception);
        }
    }

    private async Task ObserveAsync(ResourceEvent update, RestartAnnotation restart, CancellationToken stopping)
    {
        var run = _runs.GetOrAdd((update.Resource, update.ResourceId), _ => new Run(restart.Options, time));
        var end = run.Observe(update.Snapshot, isPointless: WaitsInVain(update));
        // What fails while it is prepared, as a server whose data cannot be used, ends before the event above has come here: others subscribed before.
        if (end is not null)
            Announce(update.Resource, restart);
        // The log first: who has seen the state finds the reason.
        if (end is not null)
            Tell(update, restart.Options, end);
        await ShowAsync(update, run.Shown);
        if (end?.Delay is { } delay)
            _ = StartAsync(update, restart, run, end.Ticket, delay, stopping);
    }

    private void Tell(ResourceEvent update, RestartOptions options, RunEnd end)
    {
        var own = resourceLogs.GetLogger(update.ResourceId);
        var how = Describe(update.Snapshot);
        if (end.Delay is { } delay)
        {
            own.Restarting(how, RestartStates.Seconds(delay), end.Try, options.MaximumTries);
            log.RestartingResource(update.ResourceId, how, RestartStates.Seconds(delay), end.Try, options.MaximumTries);
        }
        else
        {
            own.GaveUp(how, options.MaximumTries, RestartStates.Seconds(options.Window));
            log.GaveUpOn(update.ResourceId, how, options.MaximumTries, RestartStates.Seconds(options.Window));
        }
    }

    private async Task StartAsync(ResourceEvent update, RestartAnnotation restart, Run run, int ticket, TimeSpan delay, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(delay, time, stopping);
            if (!run.TryBegin(ticket))
                return;
            var start = restart.Start ?? throw new InvalidOperationException($"{update.ResourceId} has no command that starts it.");
            // Aspire's own command and not the announced one, which would be taken for a person's. It waits for dependencies as a first start does.
            await start(new ExecuteCommandContext
            {
                ResourceName = update.ResourceId,
                Services = services,
                CancellationToken = stopping,
                Logger = resourceLogs.GetLogger(update.ResourceId),
                Arguments = new InteractionInputCollection([]),
            });
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops.
        }
        catch (Exception exception)
        {
            // The state "FailedToStart" comes with it, which is the next end.
            log.StartFailed(exception, update.ResourceId);
        }
    }

    private void Announce(IResource resource, RestartAnnotation restart) => LifecycleCommands.Announce(resource, restart, id => AskedAsync(resource, id));

    private async Task AskedAsync(IResource resource, string? only)
    {
        foreach (var ((of, id), run) in _runs)
        {
            if (of == resource && (only is null || string.Equals(only, id, StringComparison.Ordinal)) && run.Asked() is { } state)
                await notifications.PublishUpdateAsync(resource, id, snapshot => IsBetweenRuns(snapshot) ? snapshot with { State = state } : snapshot);
        }
    }

    // A start fails at once as long as a step that has to succeed before it, as a migration, has not.
    private bool WaitsInVain(ResourceEvent update) => update.Snapshot.Is(KnownResourceStates.FailedToStart)
        && update.Resource.Annotations.OfType<WaitAnnotation>().Any(wait => wait.WaitType is WaitType.WaitForCompletion
            && notifications.TryGetCurrentState(wait.Resource.Name, out var step)
            && step.Snapshot.IsTerminal()
            && step.Snapshot.ExitCode != wait.ExitCode);

    // Also where the orchestrator has reported the end once more and so taken the text away.
    private Task ShowAsync(ResourceEvent update, ResourceStateSnapshot? shown) => shown is null || !update.Snapshot.IsTerminal()
        ? Task.CompletedTask
        : notifications.PublishUpdateAsync(update.Resource, update.ResourceId, snapshot => snapshot.IsTerminal() ? snapshot with { State = shown } : snapshot);

    private static bool IsBetweenRuns(CustomResourceSnapshot snapshot) => snapshot.Is(RestartStates.GaveUp) || RestartStates.IsRestarting(snapshot.State?.Text);

    private static string Describe(CustomResourceSnapshot snapshot) => snapshot switch
    {
        { State.Text: "FailedToStart" } => "It failed to start.",
        // The orchestrator gives -1, or nothing, for a process that a signal has ended.
        { ExitCode: null or -1 } => "It was killed.",
        _ => $"It ended with code {snapshot.ExitCode}.",
    };
}
