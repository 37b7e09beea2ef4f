namespace Mom.Contracts.Jobs;

/// <summary>What the states of a job mean.</summary>
public static class JobStatusExtensions
{
    /// <summary>Whether a job in this state is done: nothing changes it any more but a person who retries it.</summary>
    public static bool IsTerminal(this JobStatus status) =>
        status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled;
}
