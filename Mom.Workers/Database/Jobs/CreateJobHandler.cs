using System.Diagnostics;
using Microsoft.Extensions.Options;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Jobs.Batches;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

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
        await transaction.CommitAsync(refused.Count == 0 ? [] : [MessagingCommands.RemoveFromInbox(refused, requests[0].Context.Queue)], cancellationToken);
        return answers;
    }

    // Two messages with the same idempotency key wait for each other at its lock; the second then sees the first's job.
    private async Task<Found> FindAsync(IReadOnlyList<Delivered<CreateJob>> requests, CancellationToken cancellationToken)
    {
        var queue = requests[0].Context.Queue;
        Guid[] messages = [.. requests.Select(request => request.Context.MessageId)];
        Guid[] ids = [.. requests.Select(request => request.Message.JobId).Distinct().Order()];
        Guid[] users = [.. requests.Select(request => request.Message.UserId).Distinct().Order()];
        var found = new Found();
        await transaction.AskAsync(
            [
                MessagingCommands.TryAddToInbox(messages, queue, time.GetUtcNow()),
                MessagingCommands.RefusalsOf(messages, queue),
                JobStatements.LockIds(ids),
                JobStatements.Read(ids),
                JobStatements.ReadSteps(ids),
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
        var scheduled = request.RunAt > now;
        var underWay = found.UnderWay.GetValueOrDefault(request.UserId);
        JobRow job = null!;
        context.InTrace(() => job = new JobRow
        {
            Id = request.JobId,
            UserId = request.UserId,
            Type = request.Type,
            Status = scheduled ? JobStatus.Scheduled : JobStatus.Queued,
            Waiting = !scheduled && underWay >= options.Value.UnderWay,
            TraceId = Activity.Current?.TraceId.ToString(),
            TraceParent = Activity.Current?.Id,
            RunAt = request.RunAt?.ToUniversalTime(),
            CreatedAt = now,
            UpdatedAt = now,
            Steps =
            [
                .. request.Operations.Select((operation, position) => new JobStepRow
                {
                    JobId = request.JobId,
                    Position = position,
                    Method = operation.Method,
                    Numbers = [.. operation.Numbers],
                    Name = operation.Id,
                    After = operation.After?.ToArray(),
                    Condition = operation.When,
                    Compensates = operation.Compensates,
                }),
            ],
        });
        found.Jobs.Add(job.Id, job);
        found.Unfinished[job.UserId] = found.Unfinished.GetValueOrDefault(job.UserId) + 1;
        if (!scheduled && !job.Waiting)
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
        && job.Steps.Count == request.Operations.Count
        && job.InOrder().Zip(request.Operations).All(pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(JobStepRow step, Operation operation) =>
        (step.Method, step.Name, step.Condition, step.Compensates) == (operation.Method, operation.Id, operation.When, operation.Compensates)
        && step.Numbers.SequenceEqual(operation.Numbers, StringComparer.Ordinal)
        && (step.After is null == operation.After is null)
        && (step.After ?? []).SequenceEqual(operation.After ?? [], StringComparer.Ordinal);

    /// <summary>What the database says, and what this transaction adds to it.</summary>
    private sealed class Found
    {
        /// <summary>Messages that have had no effect before.</summary>
        public HashSet<Guid> News { get; } = [];

        public Dictionary<Guid, RefusalException> Refusals { get; } = [];

        public Dictionary<Guid, JobRow> Jobs { get; } = [];

        /// <summary>By user.</summary>
        public Dictionary<Guid, int> Unfinished { get; } = [];

        /// <summary>By user.</summary>
        public Dictionary<Guid, int> UnderWay { get; } = [];
    }
}
