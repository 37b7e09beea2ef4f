namespace Mom.LocalHost.Processes;

/// <summary>
/// An environment variable that every process of ours carries. Children inherit it even when they leave the group and lose
/// their parent. Redis and Postgres write their title over it: those are found by their records and their sessions. (Linux
/// only: elsewhere records and groups have to do.)
/// </summary>
/// <param name="State">The state directory of the host, whole.</param>
/// <param name="Unit">Resource and replica, such as <c>api.1</c>; <see langword="null"/> for all of that host.</param>
internal sealed record Mark(string State, string? Unit)
{
    public const string StateVariable = "MOM_LOCAL_STATE";
    public const string UnitVariable = "MOM_LOCAL_UNIT";

    /// <summary>The living processes that carry it.</summary>
    public IReadOnlySet<int> Pids()
    {
        if (!OperatingSystem.IsLinux())
            return new HashSet<int>();

        return ProcessTable.Pids().Where(pid => pid != Environment.ProcessId && IsOn(pid)).ToHashSet();
    }

    private bool IsOn(int pid)
    {
        var environment = ProcessTable.EnvironmentOf(pid).ToHashSet(StringComparer.Ordinal);
        return environment.Contains($"{StateVariable}={State}") && (Unit is null || environment.Contains($"{UnitVariable}={Unit}"));
    }
}
