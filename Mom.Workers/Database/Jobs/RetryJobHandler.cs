using System.Diagnostics;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Starts a new run of a job. What is left of the former run on queues has no effect, and need not be worked on.</summary>
internal sealed class RetryJobHandler(JobActions actions, CancelledRuns cancelled, TimeProvider time) : IRequestHandler<RetryJob, Job>
{
    public async Task<Job> HandleAsync(RetryJob request, MessageContext context, CancellationToken cancellationToken)
    {
        var job = await actions.ApplyAsync(request.JobId, request.UserId, context, Retry, cancellationToken);
        await cancelled.TellAsync(job.Id, job.Run - 1);
        return job.ToContract();
    }

    private bool Retry(JobRow job)
    {
        if (!JobTransitions.Retry(job, time.GetUtcNow()))
        {
            throw new RefusalException(JobErrors.WrongState, "Only a job that failed or was cancelled can be retried.");
        }

        job.TraceId = Activity.Current?.TraceId.ToString() ?? job.TraceId;
        job.TraceParent = Activity.Current?.Id ?? job.TraceParent;
        return true;
    }
}
