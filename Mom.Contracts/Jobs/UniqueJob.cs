namespace Mom.Contracts.Jobs;

/// <summary>
/// Makes a job the only one of its user with this key: as long as it is not done, and for <paramref name="ForSeconds"/> from when it was made. Another
/// order with the key is answered with this job.
/// </summary>
/// <param name="Key">1 to <see cref="KeyLength"/> characters, chosen by the caller.</param>
/// <param name="ForSeconds">1 to <see cref="LongestSeconds"/>, also when the job is done earlier; without it the key is free with the end of the job.</param>
public sealed record UniqueJob(string? Key = null, int? ForSeconds = null)
{
    /// <summary>Characters of a key at most.</summary>
    public const int KeyLength = 200;

    /// <summary>Seconds at most: as long as a job can be scheduled ahead.</summary>
    public const int LongestSeconds = JobLimits.DaysAhead * 24 * 60 * 60;
}
