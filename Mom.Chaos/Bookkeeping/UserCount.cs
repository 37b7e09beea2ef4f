namespace Mom.Chaos.Bookkeeping;

/// <summary>The ledger's line of registrations.</summary>
internal static class UserCount
{
    public static Count Of(IReadOnlyList<UserClaim> claims, IReadOnlyDictionary<string, int> facts, List<string> findings)
    {
        int ok = 0, lost = 0, duplicated = 0, recovered = 0;
        foreach (var claim in claims)
        {
            var number = facts.GetValueOrDefault(claim.Email);
            duplicated += Math.Max(0, number - 1);
            if (number > 1)
            {
                findings.Add($"{claim.Email} is registered {number} times.");
            }

            if (number == 0 && claim.IsAcknowledged)
            {
                lost++;
                findings.Add($"{claim.Email} was told to be registered, and is not.");
            }
            else if (number > 0)
            {
                (ok, recovered) = claim.IsAcknowledged ? (ok + 1, recovered) : (ok, recovered + 1);
            }
        }

        return new Count(claims.Count, claims.Count(claim => claim.IsAcknowledged), ok, lost, duplicated, recovered, Unexpected: 0);
    }
}
