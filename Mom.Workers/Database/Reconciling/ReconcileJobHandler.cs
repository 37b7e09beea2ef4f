using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Reconciling;

internal sealed class ReconcileJobHandler(
    UnitOfWork work, JobChanges changes, JobRequeue requeue, AdminJobs jobs, AdminJobActions admin, MomDbContext database, CurrentCaller caller) : IRequestHandler<ReconcileJob, AdminJob>
{
    public async Task<AdminJob> HandleAsync(ReconcileJob request, MessageContext context, CancellationToken cancellationToken)
    {
        await work.RunOnceAsync(
            context,
            async () =>
            {
                var job = await changes.LockAsync(request.JobId, cancellationToken) ?? throw new RefusalException(JobErrors.NotFound, "There is no such job.");
                if (!requeue.Requeue(job, $"Requested by {caller.Name}."))
                {
                    throw new RefusalException(JobErrors.WrongState, "The job is done, not due yet, or waits for its turn; there is nothing to queue.");
                }

                database.UserAudit.Add(admin.Note(job.UserId, job.Id, UserAuditActions.JobQueuedAnew));
            },
            cancellationToken);
        return await jobs.FindAsync(request.JobId, cancellationToken) ?? throw new RefusalException(JobErrors.NotFound, "There is no such job.");
    }
}

internal sealed class ReconcileJobsHandler(UnitOfWork work, JobRequeue requeue, CurrentCaller caller) : IRequestHandler<ReconcileJobs, Reconciliation>
{
    public async Task<Reconciliation> HandleAsync(ReconcileJobs request, MessageContext context, CancellationToken cancellationToken)
    {
        var requeued = 0;
        await work.RunOnceAsync(
            context,
            async () => requeued = await requeue.RequeueAsync(TimeSpan.FromSeconds(request.IdleSeconds), _ => $"Requested by {caller.Name}.", cancellationToken),
            cancellationToken);
        return new Reconciliation(requeued);
    }
}
