namespace Mom.Panel.Jobs;

/// <summary>How far one operation of a job is.</summary>
public enum OperationState
{
    Waiting,
    Working,
    Done,
    Failed,

    /// <summary>The job ended before it was the turn of this one.</summary>
    Skipped,
}
