using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Hosting;

namespace Mom.Hosting.NativeServers;

/// <summary>Gives what lives in a native server, such as a database, the state of its server.</summary>
/// <remarks>
/// Aspire does this for what lives in a container, and not for what lives in an executable. It begins before the start and is no hosted
/// service: those come after the orchestrator, which waits for what waits for the database.
/// </remarks>
internal sealed class ChildStates(ResourceNotificationService notifications, IHostApplicationLifetime lifetime) : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        eventing.Subscribe<BeforeStartEvent>((start, cancellation) =>
        {
            _ = FollowAsync(start.Model, lifetime.ApplicationStopping);
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }

    private async Task FollowAsync(DistributedApplicationModel model, CancellationToken stopping)
    {
        var children = model.Resources.OfType<IResourceWithParent>().ToLookup(child => child.Parent, IResource (child) => child);
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping))
            {
                if (change.Resource is NativeServerResource)
                {
                    foreach (var child in children[change.Resource])
                    {
                        await notifications.PublishUpdateAsync(child, snapshot => snapshot with
                        {
                            State = change.Snapshot.State,
                            StartTimeStamp = change.Snapshot.StartTimeStamp,
                            StopTimeStamp = change.Snapshot.StopTimeStamp,
                        });
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }
}
