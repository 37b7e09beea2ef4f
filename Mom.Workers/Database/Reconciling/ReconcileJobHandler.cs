using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Reconciling;

internal sealed class ReconcileJobHandler(
    JobChanges changes, JobRequeue requeue, AdminJobs jobs, AdminJobActions admin, MomDbContext database, CurrentCaller caller) : ITransactionalRequestHandler<ReconcileJob, AdminJob>
{
    public async Task ApplyAsync(ReconcileJob request, MessageContext context, CancellationToken cancellationToken)
    {
        var job = await changes.LockAsync(request.JobId, cancellationToken) ?? throw new RefusalException(JobErrors.NotFound, "There is no such job.");
        if (!requeue.Requeue(job, $"Requested by {caller.Name}."))
        {
            throw new RefusalException(JobErrors.WrongState, "The job is done, not due yet, or waits for its turn; there is nothing to queue.");
        }

        database.UserAudit.Add(admin.Note(job.UserId, job.Id, UserAuditActions.JobQueuedAnew));
    }

    public async Task<AdminJob> AnswerAsync(ReconcileJob request, MessageContext context, CancellationToken cancellationToken) =>
        await jobs.FindAsync(request.JobId, cancellationToken) ?? throw new RefusalException(JobErrors.NotFound, "There is no such job.");
}

internal sealed class ReconcileJobsHandler(JobRequeue requeue, CurrentCaller caller) : ITransactionalRequestHandler<ReconcileJobs, Reconciliation>
{
    // Of this delivery: one that comes again has queued nothing.
    private int _requeued;

    public async Task ApplyAsync(ReconcileJobs request, MessageContext context, CancellationToken cancellationToken) =>
        _requeued = await requeue.RequeueAsync(TimeSpan.FromSeconds(request.IdleSeconds), _ => $"Requested by {caller.Name}.", cancellationToken);

    public Task<Reconciliation> AnswerAsync(ReconcileJobs request, MessageContext context, CancellationToken cancellationToken) => Task.FromResult(new Reconciliation(_requeued));
}
