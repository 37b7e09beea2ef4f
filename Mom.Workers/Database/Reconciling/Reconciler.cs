using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.EntityFrameworkCore.Reconciling;
using Mom.Messaging.Topology;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Reconciling;

/// <summary>
/// Finds jobs that are neither done nor on any queue, and queues them again. What a job waits for is a step on its way to a worker, or its outcome on the
/// way back.
/// </summary>
internal sealed class Reconciler(
    IServiceScopeFactory scopes,
    IQueueDepths depths,
    BrokerTopology topology,
    IOptions<ReconcileOptions> options,
    TimeProvider time,
    ILogger<Reconciler> logger) : ReconcilingService<MomDbContext>(
        [.. JobTypes.All.Select(type => type.Queue), MomQueues.DbCommands],
        options.Value.ForService(),
        scopes,
        depths,
        topology,
        time,
        logger)
{
    protected override async Task<(int Count, bool More)> SendAgainAsync(
        IServiceProvider services, TimeSpan silence, Func<DateTimeOffset, string> reason, CancellationToken cancellationToken)
    {
        var count = await services.GetRequiredService<JobRequeue>().RequeueAsync(silence, reason, cancellationToken);
        return (count, count == JobRequeue.BatchSize);
    }
}
