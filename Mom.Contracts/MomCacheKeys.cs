namespace Mom.Contracts;

/// <summary>Keys and channels in Redis that more than one service touches.</summary>
public static class MomCacheKeys
{
    /// <summary>The list of users as JSON. The API writes it, for 30 s; the db worker deletes it when somebody registers.</summary>
    public const string Users = "users";

    /// <summary>Sorted set of the instances of workers by the Unix time, in seconds, of their last sign of life.</summary>
    public const string Workers = "workers";

    /// <summary>
    /// Set of the queues whose consumers somebody has paused, and of the workers that somebody has drained (<see cref="DrainedWorker"/>). Workers look
    /// every second, also those that start later.
    /// </summary>
    public const string PausedQueues = "queues:paused";

    /// <summary>The member of <see cref="PausedQueues"/> that has one worker process take no further messages.</summary>
    public static string DrainedWorker(string instance) => $"{DrainedWorkers}{instance}";

    /// <summary>What <see cref="DrainedWorker"/> begins with; no queue's name does.</summary>
    public const string DrainedWorkers = "worker:";

    /// <summary>What a worker tells of itself (<see cref="Operations.WorkerStatus"/> as JSON). It expires some seconds after the last time.</summary>
    public static string Worker(string instance) => $"worker:{instance}";

    /// <summary>How many jobs a user may order at once. The API's own; it expires when it is full again.</summary>
    /// <remarks>With <see cref="CountedOrder"/> in one slot of a Redis cluster with the sessions of the user, in whose check it is used.</remarks>
    public static string JobAllowance(Guid userId) => $"rate:jobs:{{{userId:N}}}";

    /// <summary>How often an order was sent that was counted already. The API's own; it expires.</summary>
    public static string CountedOrder(Guid userId, Guid jobId) => $"rate:jobs:{{{userId:N}}}:order:{jobId:N}";

    /// <summary>Where the db worker tells math workers that a run of a job was cancelled; the body is that of <see cref="CancelledRun"/>'s key.</summary>
    public const string CancelledRuns = "mom:job-cancelled";

    /// <summary>Set by the db worker when a run of a job is cancelled or superseded by the next; such a run never goes on. It expires: by then no message of that run is left to be looked at twice.</summary>
    public static string CancelledRun(Guid jobId, int run) => $"job:{jobId}:cancelled:{run}";
}
