using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;

namespace Mom.Workers.Database.Reconciling;

internal sealed class ReconcileJobsHandler(UnitOfWork work, JobRequeue requeue) : IRequestHandler<ReconcileJobs, Reconciliation>
{
    public async Task<Reconciliation> HandleAsync(ReconcileJobs request, MessageContext context, CancellationToken cancellationToken)
    {
        var requeued = 0;
        await work.RunOnceAsync(
            context,
            async () => requeued = await requeue.RequeueAsync(TimeSpan.FromSeconds(request.IdleSeconds), _ => $"{request.By} wanted it.", cancellationToken),
            cancellationToken);
        return new Reconciliation(requeued);
    }
}
