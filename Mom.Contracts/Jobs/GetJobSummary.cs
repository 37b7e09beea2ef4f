using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>What there is of the jobs of one user, without the jobs themselves.</summary>
/// <param name="Text">Counts only those that contain this text, as in <see cref="ListJobs"/>; the rest of the answer is of all.</param>
[Message("job.summary.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetJobSummary(Guid UserId, string? Text = null) : IRequest<JobSummary>;

/// <summary>The answer to <see cref="GetJobSummary"/>.</summary>
/// <param name="Counts">How many jobs are in each state, by its name in lower case; every state is there. 10,000 means so many or more.</param>
/// <param name="LastHour">What happened in each minute of the last 60, the oldest first; minutes in which nothing did are left out.</param>
/// <param name="WaitingSeconds">Seconds that the operations of a job waited for a worker, the median of the jobs that were done in the last hour; <see langword="null"/> without any.</param>
/// <param name="RunningSeconds">Seconds that the operations of a job were worked on, likewise.</param>
/// <param name="WaitForTurn">Jobs that wait until others of the same user are done.</param>
/// <param name="WaitForWorker">Jobs whose first operation is on its queue, and taken by no worker yet.</param>
/// <param name="NextRunAt">When the next scheduled job is due.</param>
/// <param name="UnderWay">How many jobs of a user may be under way at a time.</param>
/// <param name="Paused">Whether the workers of any type are told to take nothing; <see langword="null"/> where that is not known.</param>
/// <param name="PausedTypes">Of which types of jobs.</param>
[Message("job.summary.v1")]
public sealed record JobSummary(
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyList<JobMinute> LastHour,
    double? WaitingSeconds,
    double? RunningSeconds,
    int WaitForTurn,
    int WaitForWorker,
    DateTimeOffset? NextRunAt,
    int UnderWay,
    bool? Paused = null,
    IReadOnlyList<string>? PausedTypes = null);

/// <summary>One minute of the jobs of a user.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Created">Jobs that were created in it.</param>
/// <param name="Succeeded">Jobs that succeeded in it.</param>
/// <param name="Failed">Jobs that failed in it.</param>
public sealed record JobMinute(DateTimeOffset At, int Created, int Succeeded, int Failed);
