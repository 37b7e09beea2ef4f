using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>How far one operation of a job is.</summary>
public enum OperationState
{
    Waiting,
    Working,
    Done,
    Failed,

    /// <summary>The job ended before it was the turn of this one, or goes on without it.</summary>
    Skipped,
}

/// <summary>Tells the states of a job's operations from the job.</summary>
internal static class OperationStates
{
    /// <summary>The state of the operation at a position, from 0. A plain list works on one operation at a time, in order; a graph on all that are queued.</summary>
    public static OperationState StateOf(this Job job, int index)
    {
        var detail = job.Details[index];
        if (detail.Error is not null)
            return OperationState.Failed;
        if (detail.Result is not null)
            return OperationState.Done;
        if (job.Done || detail.Skipped)
            return OperationState.Skipped;
        if (detail.After is not null)
            return detail.QueuedAt is not null ? OperationState.Working : OperationState.Waiting;

        return job.Status is JobStatus.Running && job.Details.Take(index).All(before => before.Result is not null)
            ? OperationState.Working
            : OperationState.Waiting;
    }
}
