using Mom.Contracts.Operations;

namespace Mom.Api.Admin.Queues;

internal static class QueueEndpoints
{
    public static void MapQueues(this RouteGroupBuilder admin) =>
        admin.MapGet("/queues", (QueueStatuses queues, CancellationToken cancellationToken) => queues.ListAsync(cancellationToken))
            .WithTags("Admin: queues")
            .WithSummary("The work queues with their depth, rates, consumers, retry tiers and dead letters")
            .Produces<IReadOnlyList<QueueStatus>>();
}
