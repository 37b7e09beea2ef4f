using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;

namespace Mom.Workers.Database.Jobs;

/// <summary>Stops a job. It is done with the commit; the math worker is told so that it does not work in vain.</summary>
internal sealed class CancelJobHandler(JobActions actions, CancelledRuns cancelled, TimeProvider time) : IRequestHandler<CancelJob, Job>
{
    public async Task<Job> HandleAsync(CancelJob request, MessageContext context, CancellationToken cancellationToken)
    {
        var job = await actions.ApplyAsync(
            request.JobId,
            request.UserId,
            context,
            job => JobTransitions.Cancel(job, time.GetUtcNow())
                || (job.Status == JobStatus.Cancelled ? false : throw new RefusalException(JobErrors.WrongState, "The job is done; there is nothing to cancel.")),
            cancellationToken);
        await cancelled.TellAsync(job.Id, job.Run);
        return job.ToContract();
    }
}
