using System.Diagnostics;

namespace Mom.LocalHost.Resources;

/// <summary>Starts resources side by side, each as soon as those it depends on are healthy.</summary>
internal sealed class StartSequence(IReadOnlyList<LocalResource> resources, IProgress<string>? progress)
{
    /// <exception cref="ResourceFailedException">The first that does not come up; the others are no longer waited for.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = new Dictionary<string, Task>(StringComparer.Ordinal);
        // The list is in dependency order, so whoever is needed is in the dictionary already. A helper that is not
        // part of this system at all (only some resources were asked for) is nothing to wait for.
        foreach (var resource in resources)
        {
            var needed = resource.Blueprint.DependsOn.Select(name => started.GetValueOrDefault(name, Task.CompletedTask)).ToList();
            started[resource.Name] = StartAsync(resource, Needed(resource, needed, started), failed);
        }

        await foreach (var task in Task.WhenEach(started.Values))
            await task;
    }

    // The dashboard comes before the services too, though none needs it: what they tell at their start is worth having.
    private static List<Task> Needed(LocalResource resource, List<Task> needed, Dictionary<string, Task> started)
    {
        if (resource.Kind == ResourceKind.Service && started.TryGetValue(ResourceNames.Dashboard, out var dashboard))
            needed.Add(dashboard);
        return needed;
    }

    private async Task StartAsync(LocalResource resource, IEnumerable<Task> needed, CancellationTokenSource failed)
    {
        // Lets the caller go on to the next one at once.
        await Task.Yield();
        await Task.WhenAll(needed).WaitAsync(failed.Token);
        var watch = Stopwatch.StartNew();
        Report(resource, "starting");
        try
        {
            await resource.StartAsync(cancellationToken: failed.Token);
            await resource.WaitHealthyAsync(cancellationToken: failed.Token);
            Report(resource, $"healthy after {watch.Elapsed.TotalSeconds:0.0} s");
        }
        catch (LocalHostException e) when (!resource.Blueprint.IsRequired)
        {
            await resource.StopAsync();
            progress?.Report($"{e.Message} Going on without it.");
        }
        catch (LocalHostException)
        {
            await failed.CancelAsync();
            throw;
        }
    }

    private void Report(LocalResource resource, string text)
    {
        if (resource.Kind != ResourceKind.Helper)
            progress?.Report($"{resource.Name}: {text}");
    }
}
