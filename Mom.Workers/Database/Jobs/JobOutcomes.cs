using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>What follows from the outcome of an operation, in one transaction.</summary>
internal sealed class JobOutcomes(UnitOfWork work, JobChanges changes, TimeProvider time)
{
    /// <param name="jobId">Whose operation it was.</param>
    /// <param name="context">The delivery that tells of it.</param>
    /// <param name="transition">Applies the outcome; false when it changes nothing.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public Task ApplyAsync(Guid jobId, MessageContext context, Func<JobRow, DateTimeOffset, bool> transition, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", jobId);
        return work.RunOnceAsync(
            context,
            async () =>
            {
                var job = await changes.LockAsync(jobId, cancellationToken) ?? throw new PermanentFailureException($"There is no job {jobId}.");
                if (transition(job, time.GetUtcNow()))
                {
                    await changes.FollowAsync(job, cancellationToken);
                }
            },
            cancellationToken);
    }
}

/// <summary>Nothing follows from a beginning but that the user sees it.</summary>
internal sealed class StepStartedHandler(UnitOfWork work, JobChanges changes, TimeProvider time) : IMessageHandler<StepStarted>
{
    public Task HandleAsync(StepStarted message, MessageContext context, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", message.JobId);
        return work.RunOnceAsync(
            context,
            async () =>
            {
                if (await changes.LockAsync(message.JobId, cancellationToken) is { } job && JobTransitions.Begin(job, message.Run, message.Step, time.GetUtcNow(), message.StartedAt))
                {
                    changes.Announce(job);
                }
            },
            cancellationToken);
    }
}

internal sealed class StepDoneHandler(JobOutcomes outcomes) : IMessageHandler<StepDone>
{
    public Task HandleAsync(StepDone message, MessageContext context, CancellationToken cancellationToken) =>
        outcomes.ApplyAsync(
            message.JobId,
            context,
            (job, now) => JobTransitions.Succeed(job, message.Run, message.Step, message.Result, message.Attempts, now, message.StartedAt),
            cancellationToken);
}

internal sealed class StepFailedHandler(JobOutcomes outcomes) : IMessageHandler<StepFailed>
{
    public Task HandleAsync(StepFailed message, MessageContext context, CancellationToken cancellationToken) =>
        outcomes.ApplyAsync(
            message.JobId,
            context,
            (job, now) => JobTransitions.Fail(job, message.Run, message.Step, message.Error, message.Attempts, now, message.StartedAt),
            cancellationToken);
}
