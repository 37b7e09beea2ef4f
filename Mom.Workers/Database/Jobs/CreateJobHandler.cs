using Microsoft.Extensions.Options;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Jobs.Batches;
using Mom.Workers.Database.Jobs.Keys;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Workers.Database.Jobs;

/// <summary>
/// Accepts jobs, many in one transaction: the row of each and the message for its first operation are committed together, before its caller hears of it.
/// </summary>
internal sealed class CreateJobHandler(JobTransaction transaction, UnfinishedJobs unfinished, IOptions<UserJobOptions> options, TimeProvider time)
    : IBatchRequestHandler<CreateJob, Job>
{
    public async Task<IReadOnlyList<Answer<Job>>> HandleAsync(IReadOnlyList<Delivered<CreateJob>> requests, CancellationToken cancellationToken)
    {
        var found = await FindAsync(requests, cancellationToken);
        var answers = new List<Answer<Job>>(requests.Count);
        var refused = new List<Guid>();
        foreach (var (request, context) in requests)
        {
            context.InTrace(() => MessageTags.Set("mom.job.id", request.JobId));
            if (found.Refusals.GetValueOrDefault(context.MessageId) is { } earlier)
            {
                answers.Add(earlier);
            }
            else if (found.Jobs.GetValueOrDefault(request.JobId) is { } known)
            {
                answers.Add(IsSame(known, request) ? known.ToContract() : new RefusalException(JobErrors.IdempotencyConflict, "This idempotency key was used for another job before."));
            }
            else if (found.Duplicate(request, context, time.GetUtcNow()) is { } only)
            {
                answers.Add(only.ToContract());
            }
            else if (unfinished.Refusal(found.Unfinished.GetValueOrDefault(request.UserId), context) is { } tooMany)
            {
                refused.Add(context.MessageId);
                answers.Add(tooMany);
            }
            else if (found.News.Contains(context.MessageId))
            {
                answers.Add(Accept(request, context, found));
            }
            else
            {
                throw new InvalidOperationException($"{context.MessageId} has had its effect, and there is no job {request.JobId}.");
            }
        }

        // A refusal for the number of jobs is not noted: see UnfinishedJobs.
        await transaction.CommitAsync(
            [.. found.Keys.Writes, .. refused.Count == 0 ? [] : (IEnumerable<NpgsqlBatchCommand>)[MessagingCommands.RemoveFromInbox(refused, requests[0].Context.Queue)]],
            cancellationToken);
        return answers;
    }

    // Two messages with the same idempotency key wait for each other at its lock; the second then sees the first's job.
    private async Task<Found> FindAsync(IReadOnlyList<Delivered<CreateJob>> requests, CancellationToken cancellationToken)
    {
        var queue = requests[0].Context.Queue;
        Guid[] messages = [.. requests.Select(request => request.Context.MessageId)];
        Guid[] ids = [.. requests.Select(request => request.Message.JobId).Distinct().Order()];
        Guid[] users = [.. requests.Select(request => request.Message.UserId).Distinct().Order()];
        var found = new Found(new HeldKeys(requests));
        await transaction.AskAsync(
            [
                MessagingCommands.TryAddToInbox(messages, queue, time.GetUtcNow()),
                MessagingCommands.RefusalsOf(messages, queue),
                JobStatements.LockIds(ids),
                JobStatements.Read(ids),
                JobStatements.ReadSteps(ids),
                .. found.Keys.Questions,
                JobStatements.CountUnfinished(users),
                JobStatements.LockTurns(users),
                JobStatements.CountUnderWay(users),
            ],
            [
                row => found.News.Add(row.GetGuid(0)),
                row => found.Refusals.Add(row.GetGuid(0), new RefusalException(row.GetString(1), row.GetString(2))),
                _ => { },
                row => found.Jobs.Add(row.GetGuid(0), JobStatements.ToJob(row)),
                row => found.Jobs[row.GetGuid(0)].Steps.Add(JobStatements.ToStep(row)),
                .. found.Keys.Answers,
                row => found.Unfinished.Add(row.GetGuid(0), row.GetInt32(1)),
                _ => { },
                row => found.UnderWay.Add(row.GetGuid(0), row.GetInt32(1)),
            ],
            cancellationToken);
        return found;
    }

    // The answer is the job as this transaction makes it: what is read later may already have been worked on.
    private Job Accept(CreateJob request, MessageContext context, Found found)
    {
        var now = time.GetUtcNow().ToMicrosecond();
        var underWay = found.UnderWay.GetValueOrDefault(request.UserId);
        JobRow job = null!;
        context.InTrace(() => job = NewJob.Of(request, waits: underWay >= options.Value.UnderWay, now));
        found.Jobs.Add(job.Id, job);
        found.Keys.Give(request, job);
        found.Unfinished[job.UserId] = found.Unfinished.GetValueOrDefault(job.UserId) + 1;
        if (job.Status == JobStatus.Queued && !job.Waiting)
        {
            found.UnderWay[job.UserId] = underWay + 1;
        }

        transaction.Add(job, context);
        return job.ToContract();
    }

    private static bool IsSame(JobRow job, CreateJob request) =>
        job.UserId == request.UserId
        && string.Equals(job.Type, request.Type, StringComparison.Ordinal)
        && job.RunAt == request.RunAt
        && job.Priority == request.Priority
        && string.Equals(job.UniqueKey, request.Unique?.Key, StringComparison.Ordinal)
        && job.Steps.Count == request.Operations.Count
        && job.InOrder().Zip(request.Operations).All(pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(JobStepRow step, Operation operation) =>
        (step.Method, step.Name, step.Condition, step.Compensates) == (operation.Method, operation.Id, operation.When, operation.Compensates)
        && step.Numbers.SequenceEqual(operation.Numbers, StringComparer.Ordinal)
        && (step.After is null == operation.After is null)
        && (step.After ?? []).SequenceEqual(operation.After ?? [], StringComparer.Ordinal);

    /// <summary>What the database says, and what this transaction adds to it.</summary>
    private sealed class Found(HeldKeys keys)
    {
        /// <summary>Those that the orders ask for.</summary>
        public HeldKeys Keys => keys;

        /// <summary>Messages that have had no effect before.</summary>
        public HashSet<Guid> News { get; } = [];

        public Dictionary<Guid, RefusalException> Refusals { get; } = [];

        public Dictionary<Guid, JobRow> Jobs { get; } = [];

        /// <summary>By user.</summary>
        public Dictionary<Guid, int> Unfinished { get; } = [];

        /// <summary>By user.</summary>
        public Dictionary<Guid, int> UnderWay { get; } = [];

        /// <summary>
        /// The job that answers an order in the place of one of its own: the one that holds its key. An order that was answered so before is answered
        /// with the last that held it, done or not.
        /// </summary>
        public JobRow? Duplicate(CreateJob order, MessageContext context, DateTimeOffset now) =>
            News.Contains(context.MessageId) ? keys.HolderOf(order, now) : keys.LastOf(order);
    }
}
