using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Reads a job to change it, and sends on what follows from a change, all in the caller's transaction.</summary>
internal sealed partial class JobChanges(MomDbContext database, UnitOfWork work, FairTurns turns, TimeProvider time, ILogger<JobChanges> logger)
{
    /// <summary>The job with its operations, locked so that two changes of one job follow each other; <see langword="null"/> when there is none.</summary>
    public async Task<JobRow?> LockAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var job = await database.Jobs.FromSql($"select * from jobs where id = {jobId} for update").SingleOrDefaultAsync(cancellationToken);
        if (job is not null)
        {
            await database.Entry(job).Collection(row => row.Steps).LoadAsync(cancellationToken);
        }

        return job;
    }

    /// <summary>
    /// After a change of state: the next operation or the end with its notification, and the events for the user. A job that waits for its turn begins
    /// if it can, and one that ends lets the user's next begin.
    /// </summary>
    public async Task FollowAsync(JobRow job, CancellationToken cancellationToken)
    {
        if (job.Status.IsTerminal())
        {
            job.Waiting = false;
            await SendWaitingAsync(job.UserId, cancellationToken);
        }
        else if (job.Waiting)
        {
            await turns.TakeAsync(job, cancellationToken);
        }

        SendNext(job);
        Announce(job);
        if (JobEffects.Notification(job) is { } notification)
        {
            database.Notifications.Add(notification);
            work.Push(job.Id, new NotificationAdded(job.UserId, notification.ToContract()));
        }

        if (JobEffects.IsLogged(job))
        {
            work.AfterCommit(() => LogChanged(logger, job.Id, job.Status, job.Steps.Count(step => step.Result is not null), job.Steps.Count));
        }
    }

    /// <summary>Sends the operations of jobs of a user that wait, as far as it is their turn.</summary>
    /// <returns>How many jobs have begun.</returns>
    public async Task<int> SendWaitingAsync(Guid userId, CancellationToken cancellationToken)
    {
        var next = await turns.NextAsync(userId, cancellationToken);
        foreach (var job in next)
        {
            // In the trace of its own order, not in that of the job that has ended.
            using var activity = WorkerActivities.Resume("start waiting job", job.TraceParent);
            activity?.SetTag("mom.job.id", job.Id);
            SendNext(job);
        }

        return next.Count;
    }

    /// <summary>Counts a change, and tells the user's pages of it. To be called once all of the change is made.</summary>
    public void Announce(JobRow job) => work.Push(job.Id, JobEffects.Changed(job));

    /// <summary>Sends the messages of the operations that are to be worked on now and are not in flight, if it is the job's turn.</summary>
    public void SendNext(JobRow job) => Send(job, JobEffects.Next(job, time.GetUtcNow()));

    /// <summary>Sends the messages of all operations that are to be worked on now, also of those in flight: their messages may be lost.</summary>
    /// <returns>Whether there are any.</returns>
    public bool SendAgain(JobRow job) => Send(job, JobEffects.Again(job, time.GetUtcNow()));

    private bool Send(JobRow job, IReadOnlyList<object> messages)
    {
        foreach (var message in messages)
        {
            work.Send(OutboxKeys.Of(job.Id), message, JobEffects.OptionsOf(job));
        }

        return messages.Count > 0;
    }

    [LoggerMessage(1, LogLevel.Information, "Job {JobId} is {Status}: {Completed} of {Total} operations are done")]
    internal static partial void LogChanged(ILogger logger, Guid jobId, JobStatus status, int completed, int total);
}
