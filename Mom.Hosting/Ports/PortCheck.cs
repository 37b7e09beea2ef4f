namespace Mom.Hosting.Ports;

/// <summary>Makes sure that every port is free before anything starts.</summary>
internal static class PortCheck
{
    /// <exception cref="DistributedApplicationException">Names every port that is taken, for what it is needed and who holds it.</exception>
    public static void Demand(IEnumerable<PortUse> uses)
    {
        var taken = uses.Where(use => !FreePorts.IsFree(use.Port)).ToList();
        if (taken.Count == 0)
            return;

        var lines = taken.Select(use => Describe(use, PortHolder.Of(use.Port)));
        throw new DistributedApplicationException(string.Join(Environment.NewLine, [
            .. lines,
            $"Nothing has been started. Stop what holds them, or shift all ports with the setting {PortExtensions.OffsetSetting}.",
        ]));
    }

    internal static string Describe(PortUse use, PortHolder? holder) => holder is null
        ? $"Port {use.Port} is needed for {use.Purpose} but is taken by a process that cannot be seen from here."
        : $"Port {use.Port} is needed for {use.Purpose} but is taken by process {holder.ProcessId}: {holder.CommandLine}";
}
