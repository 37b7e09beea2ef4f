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
        if (!HearsOfIt(context))
        {
            return;
        }

        var unfinished = database.Jobs.Where(job =>
            job.UserId == userId && (job.Status == JobStatus.Scheduled || job.Status == JobStatus.Queued || job.Status == JobStatus.Running));
        if (await unfinished.CountAsync(cancellationToken) is var count && Refusal(count, context) is { } refusal && !await before.AnyAsync(cancellationToken))
        {
            throw refusal;
        }
    }

    /// <summary>Why another job is refused; <see langword="null"/> when it is not.</summary>
    /// <param name="count">How many jobs of the user are not done.</param>
    /// <param name="context">The request.</param>
    public RefusalException? Refusal(int count, MessageContext context) => count >= options.Value.Unfinished && HearsOfIt(context)
        ? new RefusalException(
            JobErrors.TooManyUnfinished, $"You have {options.Value.Unfinished:N0} jobs that are not done, as many as a user may have. Order more when some of them are, or cancel some.")
        : null;

    private bool HearsOfIt(MessageContext context) => context.Attempt <= 1 && context.Deadline is { } deadline && deadline - time.GetUtcNow() >= ReplyTime;
}
