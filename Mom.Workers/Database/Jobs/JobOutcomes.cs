using System.Diagnostics;
using Mom.Messaging.Consuming;
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
        Activity.Current?.SetTag("mom.job.id", jobId);
        return work.RunOnceAsync(
            context,
            async () =>
            {
                var job = await changes.LockAsync(jobId, cancellationToken) ?? throw new PermanentFailureException($"There is no job {jobId}.");
                if (transition(job, time.GetUtcNow()))
                {
                    changes.Follow(job);
                }
            },
            cancellationToken);
    }
}
