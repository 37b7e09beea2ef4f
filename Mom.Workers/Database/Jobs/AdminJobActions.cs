using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>What an administrator does to the job of somebody else, for the audit trail of its owner.</summary>
internal sealed class AdminJobActions(MomDbContext database, CurrentCaller caller, TimeProvider time)
{
    /// <summary>The owner of a job, who never changes; an id of nobody when there is no such job.</summary>
    public Task<Guid> OwnerOfAsync(Guid jobId, CancellationToken cancellationToken) =>
        database.Jobs.Where(job => job.Id == jobId).Select(job => job.UserId).SingleOrDefaultAsync(cancellationToken);

    /// <param name="action">One of <see cref="UserAuditActions"/>.</param>
    public UserAuditRow Note(Guid owner, Guid jobId, string action) => new() { UserId = owner, At = time.GetUtcNow(), By = caller.Name, Action = action, Detail = $"{jobId}" };
}

internal sealed class CancelAnyJobHandler(JobCommands commands, AdminJobActions admin) : ITransactionalRequestHandler<CancelAnyJob, Job>
{
    public async Task ApplyAsync(CancelAnyJob request, MessageContext context, CancellationToken cancellationToken)
    {
        var owner = await admin.OwnerOfAsync(request.JobId, cancellationToken);
        await commands.CancelAsync(request.JobId, owner, admin.Note(owner, request.JobId, UserAuditActions.JobCancelled), cancellationToken);
    }

    public Task<Job> AnswerAsync(CancelAnyJob request, MessageContext context, CancellationToken cancellationToken) =>
        commands.AnswerAsync(request.JobId, owner: null, cancellationToken);
}

internal sealed class RetryAnyJobHandler(JobCommands commands, AdminJobActions admin) : ITransactionalRequestHandler<RetryAnyJob, Job>
{
    public async Task CheckAsync(RetryAnyJob request, MessageContext context, CancellationToken cancellationToken) =>
        await commands.DemandRoomAsync(request.JobId, await admin.OwnerOfAsync(request.JobId, cancellationToken), context, cancellationToken);

    public async Task ApplyAsync(RetryAnyJob request, MessageContext context, CancellationToken cancellationToken)
    {
        var owner = await admin.OwnerOfAsync(request.JobId, cancellationToken);
        await commands.RetryAsync(request.JobId, owner, admin.Note(owner, request.JobId, UserAuditActions.JobRetried), cancellationToken);
    }

    public Task<Job> AnswerAsync(RetryAnyJob request, MessageContext context, CancellationToken cancellationToken) =>
        commands.AnswerAsync(request.JobId, owner: null, cancellationToken);
}
