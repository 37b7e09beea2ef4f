namespace Mom.Chaos.Faults;

/// <summary>All faults by name.</summary>
internal static class FaultTable
{
    public static IReadOnlyList<Fault> All { get; } = [.. ServiceFaults.All, .. BrokerFaults.All, .. PoisonFaults.All, .. DataFaults.All, .. MathFaults.All];

    /// <summary>Those that can strike on this machine.</summary>
    public static IReadOnlyList<Fault> Possible => [.. All.Where(fault => fault.Needs is null)];

    /// <summary>The faults of these names, in the order of the table.</summary>
    /// <exception cref="ArgumentException">There is no fault of a name.</exception>
    public static IReadOnlyList<Fault> Named(IReadOnlyCollection<string> names)
    {
        var unknown = names.FirstOrDefault(name => All.All(fault => !string.Equals(fault.Name, name, StringComparison.Ordinal)));
        return unknown is null
            ? [.. All.Where(fault => names.Contains(fault.Name, StringComparer.Ordinal))]
            : throw new ArgumentException($"There is no fault '{unknown}'. There are: {string.Join(' ', All.Select(fault => fault.Name))}", nameof(names));
    }
}
