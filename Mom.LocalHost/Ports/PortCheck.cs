namespace Mom.LocalHost.Ports;

/// <summary>Makes sure that every port is free before anything starts.</summary>
public static class PortCheck
{
    /// <summary>Looks at each port.</summary>
    /// <exception cref="PortTakenException">Names every port that is taken, for what it is needed and who holds it.</exception>
    public static void Demand(IEnumerable<PortUse> uses)
    {
        var taken = uses.Where(use => !FreePorts.IsFree(use.Port)).ToList();
        if (taken.Count > 0)
            throw new PortTakenException(string.Join(Environment.NewLine, taken.Select(use => Describe(use, PortHolder.Of(use.Port)))));
    }

    internal static string Describe(PortUse use, PortHolder? holder) => holder is null
        ? $"Port {use.Port} is needed for {use.Purpose} but is taken by a process that cannot be seen from here."
        : $"Port {use.Port} is needed for {use.Purpose} but is taken by process {holder.Pid}: {holder.Command}";
}
