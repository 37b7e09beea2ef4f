using System.Text.Json.Serialization;
using Mom.Contracts.Json;

namespace Mom.Contracts.Jobs;

/// <summary>The states of a job; in lower case on every wire. The transitions stand in <c>docs/job-lifecycle.md</c>.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Waits for its <c>runAt</c>.</summary>
    Scheduled,

    /// <summary>Accepted; no worker has taken an operation yet.</summary>
    Queued,

    /// <summary>A worker has taken the first operation, or an operation has a result and there are more to do.</summary>
    Running,

    /// <summary>Every operation has a result.</summary>
    Succeeded,

    /// <summary>An operation failed for good.</summary>
    Failed,

    /// <summary>Stopped by a person.</summary>
    Cancelled,
}

/// <summary>The meaning of the states of a job.</summary>
public static class JobStatusExtensions
{
    /// <summary>Whether a job in this state is done: nothing changes it any more but a person who retries it.</summary>
    public static bool IsTerminal(this JobStatus status) =>
        status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled;
}
