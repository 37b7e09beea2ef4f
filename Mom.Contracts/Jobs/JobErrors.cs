namespace Mom.Contracts.Jobs;

/// <summary>Codes with which a request about jobs is refused.</summary>
public static class JobErrors
{
    /// <summary>There is no such job, or it belongs to somebody else: the answer does not tell which.</summary>
    public const string NotFound = "job.not-found";

    /// <summary>The job is done in another way than the caller wants, or is not done yet.</summary>
    public const string WrongState = "job.wrong-state";

    /// <summary>The user has as many unfinished jobs as a user may have.</summary>
    public const string TooManyUnfinished = "job.too-many-unfinished";

    /// <summary>The idempotency key was used for another job before.</summary>
    public const string IdempotencyConflict = "job.idempotency-conflict";
}
