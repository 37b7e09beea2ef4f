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

/// <summary>What follows from what math workers report, of many operations in one transaction.</summary>
internal sealed class JobOutcomes(JobTransaction transaction, IOptions<UserJobOptions> options, TimeProvider time)
{
    /// <summary>Applies the outcomes of operations. With the end of a job the next of its user begins.</summary>
    /// <exception cref="PermanentFailureException">There is no such job.</exception>
    public async Task ApplyAsync(IReadOnlyList<JobReport> reports, CancellationToken cancellationToken)
    {
        var (news, jobs) = await LockAsync(reports, cancellationToken);
        var ended = new HashSet<Guid>();
        foreach (var report in news)
        {
            var job = jobs.GetValueOrDefault(report.JobId) ?? throw new PermanentFailureException($"There is no job {report.JobId}.");
            if (report.Transition(job, time.GetUtcNow()))
            {
                transaction.Change(job, report.Context);
                if (job.Status.IsTerminal())
                {
                    ended.Add(job.UserId);
                }
            }
        }

        if (ended.Count > 0)
        {
            await StartWaitingAsync([.. ended.Order()], jobs.Values, cancellationToken);
        }

        await transaction.CommitAsync([], cancellationToken);
    }

    /// <summary>Applies beginnings of operations, of which nothing follows but that their users see them.</summary>
    public async Task BeginAsync(IReadOnlyList<JobReport> reports, CancellationToken cancellationToken)
    {
        var (news, jobs) = await LockAsync(reports, cancellationToken);
        foreach (var report in news)
        {
            if (jobs.GetValueOrDefault(report.JobId) is { } job && report.Transition(job, time.GetUtcNow()))
            {
                transaction.Announce(job, report.Context);
            }
        }

        await transaction.CommitAsync([], cancellationToken);
    }

    /// <returns>Those that have had no effect before, and the jobs that they are about.</returns>
    private async Task<(IReadOnlyList<JobReport> News, Dictionary<Guid, JobRow> Jobs)> LockAsync(IReadOnlyList<JobReport> reports, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. reports.Select(report => report.JobId).Distinct()];
        var news = new HashSet<Guid>();
        var jobs = new Dictionary<Guid, JobRow>();
        await transaction.AskAsync(
            [
                MessagingCommands.TryAddToInbox(reports.Select(report => report.Context.MessageId), reports[0].Context.Queue, time.GetUtcNow()),
                JobStatements.Lock(ids),
                JobStatements.ReadSteps(ids),
            ],
            [
                row => news.Add(row.GetGuid(0)),
                row => jobs.Add(row.GetGuid(0), JobStatements.ToJob(row)),
                row => jobs[row.GetGuid(0)].Steps.Add(JobStatements.ToStep(row)),
            ],
            cancellationToken);
        foreach (var report in reports)
        {
            report.Context.InTrace(() => MessageTags.Set("mom.job.id", report.JobId));
        }

        // Of two copies in one batch the first counts.
        return ([.. reports.Where(report => news.Remove(report.Context.MessageId))], jobs);
    }

    // Locks on users are taken in their order, and after those on jobs: see FairTurns.
    private async Task StartWaitingAsync(Guid[] users, IReadOnlyCollection<JobRow> known, CancellationToken cancellationToken)
    {
        var next = new Dictionary<Guid, JobRow>();
        int[] own = [.. users.Select(user => known.Count(job => job.UserId == user && !job.Waiting && job.Status is JobStatus.Queued or JobStatus.Running))];
        await transaction.AskAsync(
            [JobStatements.LockTurns(users), JobStatements.Next(users, own, [.. known.Select(job => job.Id)], options.Value.UnderWay)],
            [_ => { }, row => next.Add(row.GetGuid(0), JobStatements.ToJob(row))],
            cancellationToken);
        if (next.Count == 0)
        {
            return;
        }

        await transaction.AskAsync([JobStatements.ReadSteps([.. next.Keys])], [row => next[row.GetGuid(0)].Steps.Add(JobStatements.ToStep(row))], cancellationToken);
        foreach (var job in next.Values)
        {
            transaction.Start(job);
        }
    }
}

/// <summary>What a message says about an operation of a job.</summary>
/// <param name="JobId">Whose operation it is.</param>
/// <param name="Context">The delivery that tells of it.</param>
/// <param name="Transition">Applies it; false when it changes nothing.</param>
internal sealed record JobReport(Guid JobId, MessageContext Context, Func<JobRow, DateTimeOffset, bool> Transition);

internal sealed class StepStartedHandler(JobOutcomes outcomes) : IBatchHandler<StepStarted>
{
    public Task HandleAsync(IReadOnlyList<Delivered<StepStarted>> messages, CancellationToken cancellationToken) => outcomes.BeginAsync(
        [.. messages.Select(one => new JobReport(one.Message.JobId, one.Context, (job, now) => JobTransitions.Begin(job, one.Message.Run, one.Message.Step, now, one.Message.StartedAt)))],
        cancellationToken);
}

internal sealed class StepDoneHandler(JobOutcomes outcomes) : IBatchHandler<StepDone>
{
    public Task HandleAsync(IReadOnlyList<Delivered<StepDone>> messages, CancellationToken cancellationToken) => outcomes.ApplyAsync(
        [
            .. messages.Select(one => new JobReport(one.Message.JobId, one.Context, (job, now) => JobTransitions.Succeed(
                job, one.Message.Run, one.Message.Step, one.Message.Result, one.Message.Attempts, now, one.Message.StartedAt))),
        ],
        cancellationToken);
}

internal sealed class StepFailedHandler(JobOutcomes outcomes) : IBatchHandler<StepFailed>
{
    public Task HandleAsync(IReadOnlyList<Delivered<StepFailed>> messages, CancellationToken cancellationToken) => outcomes.ApplyAsync(
        [
            .. messages.Select(one => new JobReport(one.Message.JobId, one.Context, (job, now) => JobTransitions.Fail(
                job, one.Message.Run, one.Message.Step, one.Message.Error, one.Message.Attempts, now, one.Message.StartedAt))),
        ],
        cancellationToken);
}
