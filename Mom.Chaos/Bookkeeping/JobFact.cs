namespace Mom.Chaos.Bookkeeping;

/// <summary>One job as the database holds it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Marker">The first number of its first operation.</param>
/// <param name="Owner">E-mail of its user.</param>
/// <param name="Status">In lower case.</param>
/// <param name="Results">The results in order; <see langword="null"/> where there is none.</param>
/// <param name="Notifications">How many notifications its end has made.</param>
public sealed record JobFact(Guid Id, long Marker, string Owner, string Status, IReadOnlyList<string?> Results, int Notifications)
{
    public bool IsDone => Status is "succeeded" or "failed" or "cancelled";
}
