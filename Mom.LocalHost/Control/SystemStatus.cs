using Mom.LocalHost.Resources;

namespace Mom.LocalHost.Control;

/// <summary>What <c>./mom status --json</c> prints.</summary>
/// <param name="Host">Which host runs the system: <c>local</c> or <c>none</c>.</param>
/// <param name="Running">Whether a host runs at all.</param>
/// <param name="Healthy">Whether everything is healthy.</param>
/// <param name="Pid">The process of the host.</param>
/// <param name="Resources">Every server and service.</param>
public sealed record SystemStatus(string Host, bool Running, bool Healthy, int? Pid, IReadOnlyList<ResourceStatus> Resources)
{
    internal static SystemStatus NotRunning { get; } = new("none", Running: false, Healthy: false, Pid: null, []);

    internal static SystemStatus Of(LocalSystem system)
    {
        var resources = system.Status;
        return new("local", Running: true, resources.All(r => r.State == ResourceState.Healthy), Environment.ProcessId, resources);
    }
}
