using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs.Turns;

/// <summary>
/// Refuses another job to a user who has <see cref="UserJobOptions.Unfinished"/> that are not done. Requests that come at the same moment may get a
/// few more in.
/// </summary>
/// <remarks>
/// Only a caller is refused who is certain to hear of it. One who does not wait any more, or not much longer, may have been told 202, and what was
/// promised is done. So the refusal is not noted in the inbox either: a second delivery, after the process died between refusal and reply, makes the job.
/// </remarks>
internal sealed class UnfinishedJobs(MomDbContext database, IOptions<UserJobOptions> options, TimeProvider time)
{
    /// <summary>What the reply may take, with the difference of two clocks: half of the time that the API waits.</summary>
    private static readonly TimeSpan ReplyTime = TimeSpan.FromSeconds(5);

    /// <param name="userId">Whose jobs.</param>
    /// <param name="before">Not empty when the request was accepted before: then it is answered as before, however many there are by now.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="RefusalException">The user has too many.</exception>
    public async Task DemandRoomAsync(Guid userId, IQueryable<JobRow> before, MessageContext context, CancellationToken cancellationToken)
    {
        if (context.Attempt > 1 || context.Deadline is not { } deadline || deadline - time.GetUtcNow() < ReplyTime)
        {
            return;
        }

        var unfinished = database.Jobs.Where(job =>
            job.UserId == userId && (job.Status == JobStatus.Scheduled || job.Status == JobStatus.Queued || job.Status == JobStatus.Running));
        if (await unfinished.CountAsync(cancellationToken) >= options.Value.Unfinished && !await before.AnyAsync(cancellationToken))
        {
            throw new RefusalException(
                JobErrors.TooManyUnfinished, $"You have {options.Value.Unfinished:N0} jobs that are not done, as many as a user may have. Order more when some of them are, or cancel some.");
        }
    }
}
