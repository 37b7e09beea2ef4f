namespace Mom.Chaos.Bookkeeping;

/// <summary>Compares what clients were told with what is there. Pure: what it compares is handed in.</summary>
public static class LedgerBook
{
    /// <param name="jobs">Jobs that clients asked for.</param>
    /// <param name="users">Registrations that they asked for.</param>
    /// <param name="faults">What struck.</param>
    /// <param name="facts">What is there.</param>
    public static Ledger Close(IReadOnlyList<JobClaim> jobs, IReadOnlyList<UserClaim> users, IReadOnlyList<FaultFact> faults, Facts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var findings = new List<string>();
        var ledger = new Ledger(
            JobCount.Of(jobs, facts.Jobs, findings),
            UserCount.Of(users, facts.Users, findings),
            FaultCount.Of(faults, findings),
            facts.Remains,
            facts.Pushes.Count,
            findings);
        findings.AddRange(Strangers(jobs, facts.Pushes));
        findings.AddRange(Leftovers(facts.Remains));
        return ledger;
    }

    private static IEnumerable<string> Strangers(IReadOnlyList<JobClaim> claims, IReadOnlyList<PushFact> pushes)
    {
        var owners = claims.ToDictionary(claim => claim.Marker, claim => claim.Owner);
        return pushes
            .Where(push => owners.GetValueOrDefault(push.Marker) is { } owner && !string.Equals(owner, push.Receiver, StringComparison.Ordinal))
            .Select(push => $"{push.Receiver} was told of job {push.Marker}, which is somebody else's.");
    }

    private static IEnumerable<string> Leftovers(Remains remains)
    {
        (long Number, string What)[] all =
        [
            (remains.Outbox, "messages wait in the outbox"),
            (remains.OutboxDead, "messages of the outbox were given up"),
            (remains.Ready, "messages wait in queues"),
            (remains.Unacked, "messages are un-acked"),
            (remains.DeadLetters, "messages are dead letters"),
        ];
        return all.Where(left => left.Number > 0).Select(left => $"{left.Number} {left.What}.");
    }
}
