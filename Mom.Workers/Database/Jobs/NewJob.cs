using System.Diagnostics;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>The row of a job that is ordered, in the current trace.</summary>
internal static class NewJob
{
    /// <param name="order">The order.</param>
    /// <param name="waits">Whether it waits for its turn, unless it is for later: see <see cref="Turns.FairTurns"/>.</param>
    /// <param name="now">To the microsecond, as the database keeps it.</param>
    /// <param name="recurringId">The recurring job that it is made for.</param>
    public static JobRow Of(CreateJob order, bool waits, DateTimeOffset now, Guid? recurringId = null)
    {
        var scheduled = order.RunAt > now;
        return new JobRow
        {
            Id = order.JobId,
            UserId = order.UserId,
            Type = order.Type,
            Status = scheduled ? JobStatus.Scheduled : JobStatus.Queued,
            Waiting = !scheduled && waits,
            TraceId = Activity.Current?.TraceId.ToString(),
            TraceParent = Activity.Current?.Id,
            RunAt = order.RunAt?.ToUniversalTime(),
            Priority = order.Priority,
            UniqueKey = order.Unique?.Key,
            RecurringId = recurringId,
            CreatedAt = now,
            UpdatedAt = now,
            Steps =
            [
                .. order.Operations.Select((operation, position) => new JobStepRow
                {
                    JobId = order.JobId,
                    Position = position,
                    Method = operation.Method,
                    Numbers = [.. operation.Numbers],
                    Name = operation.Id,
                    After = operation.After?.ToArray(),
                    Condition = operation.When,
                    Compensates = operation.Compensates,
                }),
            ],
        };
    }
}
