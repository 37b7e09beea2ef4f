namespace Mom.Chaos.Bookkeeping;

/// <summary>The ledger's line of faults: one that went wrong itself has proven nothing, and may have left the system broken.</summary>
internal static class FaultCount
{
    public static Count Of(IReadOnlyList<FaultFact> faults, List<string> findings)
    {
        var wrong = faults.Where(fault => fault.Trouble is not null).ToList();
        findings.AddRange(wrong.Select(fault => $"Fault {fault.Name} went wrong itself: {fault.Trouble}"));
        var ok = faults.Count - wrong.Count;
        return new Count(faults.Count, Acknowledged: ok, Ok: ok, Lost: 0, Duplicated: 0, Recovered: 0, Unexpected: wrong.Count);
    }
}
