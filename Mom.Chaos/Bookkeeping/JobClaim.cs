namespace Mom.Chaos.Bookkeeping;

/// <summary>One job that a client asked for, and what it was told.</summary>
/// <param name="Marker">The first number of its first operation: no other job has it, so the job can be found without its id.</param>
/// <param name="Owner">E-mail of the user who asked.</param>
/// <param name="Results">The right results in order; <see langword="null"/> for the operation that has to fail, which is the last.</param>
/// <param name="IsAcknowledged">Whether the client was told 201, or 202 with the broker's confirm: from then on the job must not be lost.</param>
/// <param name="JobId">The id that the client was told, if any.</param>
public sealed record JobClaim(long Marker, string Owner, IReadOnlyList<string?> Results, bool IsAcknowledged, Guid? JobId)
{
    /// <summary>Whether the job has to end as failed.</summary>
    public bool MustFail => Results.Contains(null);
}
