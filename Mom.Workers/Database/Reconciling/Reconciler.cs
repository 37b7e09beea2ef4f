using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Messaging.Errors;
using Mom.Messaging.Topology;

namespace Mom.Workers.Database.Reconciling;

/// <summary>
/// Finds jobs that are neither done nor on any queue, and queues them again: the broker's disk may be lost. Any number of db workers
/// may look; each takes other jobs.
/// </summary>
internal sealed partial class Reconciler(
    IServiceScopeFactory scopes,
    IQueueDepths depths,
    BrokerTopology topology,
    IOptions<ReconcileOptions> options,
    TimeProvider time,
    ILogger<Reconciler> logger) : PeriodicService(options.Value.Period, time, logger)
{
    // What a job waits for is a step on its way to the math worker, or its outcome on the way back.
    private readonly string[] _queues =
    [
        .. new[] { MomQueues.MathSteps, MomQueues.DbCommands }.Select(topology.Queue)
            .SelectMany(queue => Enumerable.Range(1, queue.RetryDelays.Count).Select(queue.RetryQueue)
                .Concat(queue.WorkQueues)),
    ];

    private readonly LossSuspicion _suspicion = new(options.Value);
    private readonly TimeProvider _time = time;

    protected override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        _suspicion.Note(await CountReadyAsync(cancellationToken), _time.GetUtcNow());
        await using var scope = scopes.CreateAsyncScope();
        var requeue = scope.ServiceProvider.GetRequiredService<JobRequeue>();
        var count = 0;
        await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(
            async () =>
            {
                var now = _time.GetUtcNow();
                count = await requeue.RequeueAsync(_suspicion.Patience(now), heard => _suspicion.Reason(now, heard), cancellationToken);
            },
            cancellationToken);
        if (count > 0)
        {
            LogRequeued(count);
        }

        return count == JobRequeue.BatchSize;
    }

    private async Task<long?> CountReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await depths.CountReadyAsync(_queues, cancellationToken);
        }
        catch (BrokerUnavailableException)
        {
            return null;
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "Queued {Count} jobs again that had made no progress")]
    private partial void LogRequeued(int count);
}
