namespace Mom.Chaos.Bookkeeping;

/// <summary>The ledger's line of jobs.</summary>
internal static class JobCount
{
    public static Count Of(IReadOnlyList<JobClaim> claims, IReadOnlyList<JobFact> facts, List<string> findings)
    {
        var there = facts.ToLookup(fact => fact.Marker);
        var known = claims.Select(claim => claim.Marker).ToHashSet();
        int ok = 0, lost = 0, duplicated = 0, recovered = 0;
        var unexpected = facts.Where(fact => !known.Contains(fact.Marker)).ToList();
        unexpected.ForEach(fact => findings.Add($"Nobody asked for job {fact.Marker} ({fact.Id})."));
        var wrong = unexpected.Count;
        foreach (var claim in claims)
        {
            var jobs = there[claim.Marker].ToList();
            var twice = jobs.Skip(1).Count() + jobs.Sum(job => Math.Max(0, job.Notifications - 1));
            duplicated += twice;
            if (twice > 0)
            {
                findings.Add($"Job {claim.Marker} is there {jobs.Count} times, with {jobs.Sum(job => job.Notifications)} notifications.");
            }

            if (jobs.Count == 0 || !jobs.Exists(job => job.IsDone))
            {
                // Without a promise it may be missing, but not be stuck half-way.
                if (claim.IsAcknowledged || jobs.Count > 0)
                {
                    lost++;
                    findings.Add($"Job {claim.Marker} {(claim.IsAcknowledged ? "was promised" : "was begun")} and {(jobs.Count == 0 ? "is not there" : $"is {jobs[0].Status}")}.");
                }
            }
            else if (Fault(claim, jobs[0]) is { } fault)
            {
                wrong++;
                findings.Add($"Job {claim.Marker} ({jobs[0].Id}) {fault}.");
            }
            else if (claim.IsAcknowledged)
            {
                ok++;
            }
            else
            {
                recovered++;
            }
        }

        return new Count(claims.Count, claims.Count(claim => claim.IsAcknowledged), ok, lost, duplicated, recovered, wrong);
    }

    private static string? Fault(JobClaim claim, JobFact job)
    {
        var right = claim.MustFail ? "failed" : "succeeded";
        return claim.Owner != job.Owner ? $"belongs to {job.Owner}, and {claim.Owner} asked for it"
            : claim.JobId is { } told && told != job.Id ? $"was promised as {told}"
            : job.Status != right ? $"should have {right}, and is {job.Status}"
            : !job.Results.SequenceEqual(claim.Results) ? $"should have the results [{Text(claim.Results)}], and has [{Text(job.Results)}]"
            : job.Notifications == 0 ? "ended without a notification"
            : null;
    }

    private static string Text(IEnumerable<string?> results) => string.Join(' ', results.Select(result => result ?? "none"));
}
