using Mom.LocalHost.Processes;

namespace Mom.LocalHost.Resources;

/// <summary>Stops resources side by side, each as soon as those that depend on it are down.</summary>
internal sealed class StopSequence(IReadOnlyList<LocalResource> resources, IProgress<string>? progress)
{
    public async Task RunAsync(StopMode mode)
    {
        var stopped = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (var resource in resources.Reverse())
        {
            var dependents = resources.Where(other => IsNeededBy(resource, other)).Select(other => stopped[other.Name]).ToList();
            stopped[resource.Name] = StopAsync(resource, dependents, mode);
        }

        await Task.WhenAll(stopped.Values);
    }

    // The dashboard goes last: it shall hear of everybody's end.
    private static bool IsNeededBy(LocalResource resource, LocalResource other) =>
        other.Blueprint.DependsOn.Contains(resource.Name) || (resource.Name == ResourceNames.Dashboard && other.Kind == ResourceKind.Service);

    private async Task StopAsync(LocalResource resource, IEnumerable<Task> dependents, StopMode mode)
    {
        await Task.Yield();
        await Task.WhenAll(dependents);
        var wasRunning = resource.Status.State != ResourceState.Stopped;
        await resource.StopAsync(mode);
        if (wasRunning && resource.Kind != ResourceKind.Helper)
            progress?.Report($"{resource.Name}: stopped");
    }
}
