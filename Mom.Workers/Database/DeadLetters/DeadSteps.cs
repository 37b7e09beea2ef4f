using System.Text.Json;
using Mom.Contracts.Jobs;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.Retries;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Jobs.Keys;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>
/// Operations of jobs that became dead letters. Nothing else may be heard of such an operation: its worker may have crashed with it, or have been
/// unable to report anything. So the dead letter is its outcome, and the job fails in the transaction that stores the dead letter. A replay takes that back.
/// </summary>
internal sealed class DeadSteps(JobChanges changes, JobKeys keys, TimeProvider time) : IDeadLetterObserver
{
    /// <summary>
    /// Fails the job of an operation that has died. Nothing happens when the dead letter is none of an operation, or when the operation has an outcome
    /// already or belongs to an earlier run.
    /// </summary>
    public async Task DiedAsync(DeadLetterRow letter, CancellationToken cancellationToken)
    {
        if (JobTypes.OfMessage(letter.Type) is not { } type || Read(type, letter) is not { } step || await changes.LockAsync(step.JobId, cancellationToken) is not { } job)
        {
            return;
        }

        using var activity = WorkerActivities.Resume("fail job of dead letter", letter.TraceParent ?? job.TraceParent);
        activity?.SetTag("mom.job.id", job.Id);
        if (JobTransitions.Fail(job, step.Run, step.Step, Error(type, letter), letter.Attempts, time.GetUtcNow()))
        {
            await changes.FollowAsync(job, cancellationToken);
        }
    }

    // The job failed with its step. Without taking that back nothing would listen to the step's outcome.
    public async Task<string?> ReplayingAsync(DeadLetterReplay replay, CancellationToken cancellationToken)
    {
        if (JobTypes.OfMessage(replay.Letter.Type) is not { } type)
        {
            return null;
        }

        if (Read(type, replay.Letter) is not { } step)
        {
            return "Its body cannot be read; edit it first.";
        }

        if (await changes.LockAsync(step.JobId, cancellationToken) is not { } job)
        {
            return "Its job does not exist.";
        }

        if (!await keys.TakeAsync(job, until: null, cancellationToken))
        {
            return "Another job of the same user holds its job's key now.";
        }

        if (!JobTransitions.Replay(job, step.Run, step.Step, time.GetUtcNow()))
        {
            return "It would have no effect: its job did not fail with it, was retried or cancelled since, or was compensated; such a job is retried as a whole.";
        }

        // Of a graph others may have failed, too, or not begun. They go on in the trace of the job, as the one that is replayed does.
        if (JobTransitions.Next(job).Any())
        {
            using var activity = WorkerActivities.Resume("go on with job of dead letter", job.TraceParent);
            activity?.SetTag("mom.job.id", job.Id);
            changes.SendNext(job);
        }

        changes.Announce(job);
        replay.Key = OutboxKeys.Of(step.JobId);
        return null;
    }

    /// <returns>The operation; <see langword="null"/> when the body cannot be read.</returns>
    private static IJobStep? Read(JobType type, DeadLetterRow letter)
    {
        try
        {
            return type.Read(letter.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // For the user. What the exception says is for administrators, who see it with the dead letter.
    private static string Error(JobType type, DeadLetterRow letter) => letter.Reason switch
    {
        nameof(DeadLetterReason.AttemptsExhausted) => $"The {type.Name} worker gave no result in {letter.Attempts} attempts.",
        nameof(DeadLetterReason.CrashedTooOften) => "The workers that began it ended before it was done.",
        _ => $"It could not be worked on ({letter.Reason}).",
    };
}
