using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>Texts and style classes of states.</summary>
internal static class JobStatusWords
{
    /// <summary>The state as it is written on the wire and in style classes.</summary>
    public static string Word(this JobStatus status) => status switch
    {
        JobStatus.Scheduled => "scheduled",
        JobStatus.Queued => "queued",
        JobStatus.Running => "running",
        JobStatus.Succeeded => "succeeded",
        JobStatus.Failed => "failed",
        JobStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>The order as it is written in addresses.</summary>
    public static string Word(this JobSort sort) => sort switch
    {
        JobSort.Newest => "newest",
        JobSort.Oldest => "oldest",
        JobSort.Changed => "changed",
        JobSort.State => "state",
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, message: null),
    };

    /// <summary>The state as a label.</summary>
    public static string Label(this JobStatus status) => status.ToString();
}
