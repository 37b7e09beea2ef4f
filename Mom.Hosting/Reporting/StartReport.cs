using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mom.Hosting.Reporting;

/// <summary>Finds in the snapshots of all resources what a person at the console should know, and tells each thing once.</summary>
internal sealed class StartReport(IEnumerable<IResource> resources, StartReportOptions options, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private bool _isComplete;

    /// <summary>Takes a snapshot.</summary>
    /// <returns>A failure that is new with it, or null.</returns>
    public Failure? Observe(ResourceEvent update)
    {
        if (!_instances.TryGetValue(update.ResourceId, out var instance))
            _instances[update.ResourceId] = instance = new Instance();
        var was = instance.Update;
        instance.Update = update;

        var snapshot = update.Snapshot;
        if (snapshot.Is(KnownResourceStates.Running) && was?.Snapshot.Is(KnownResourceStates.Running) is not true)
            instance.RunningSince = time.GetTimestamp();
        if (IsHealthy(snapshot))
            instance.Told = null;
        if (snapshot.Is(KnownResourceStates.Stopping))
            instance.IsStopped = true;
        else if (!snapshot.IsTerminal())
            instance.IsStopped &= !snapshot.Is(KnownResourceStates.Starting);

        return IsOwn(update.Resource, snapshot) && !instance.IsStopped && snapshot.IsTerminal() && EndOf(update) is { } end
            ? Tell(instance, end)
            : null;
    }

    /// <summary>What only the time tells.</summary>
    /// <returns>The resources that have been unhealthy for long, and were not when this was last called.</returns>
    public IEnumerable<Failure> Overdue() => _instances.Values
        .Where(instance => instance.Update is { } update
            && update.Snapshot.Is(KnownResourceStates.Running)
            && IsOwn(update.Resource, update.Snapshot)
            && !IsHealthy(update.Snapshot)
            && time.GetElapsedTime(instance.RunningSince) >= options.UnhealthyAfter)
        .Select(instance => Tell(instance, $"has not been healthy for {Seconds(instance.RunningSince)}: {WithAdvice(Reason(instance.Update!.Snapshot))}"))
        .OfType<Failure>()
        .ToList();

    /// <summary>Whether everything is healthy for the first time: then how long it took and where to look.</summary>
    public Completion? Complete()
    {
        if (_isComplete || !resources.All(IsUp))
            return null;
        _isComplete = true;
        var addresses = _instances.Values.Select(instance => instance.Update!)
            .Where(update => !update.Snapshot.IsHidden)
            .SelectMany(update => update.Snapshot.Urls, (update, url) => (update.Resource.Name, Url: url))
            .Where(address => !address.Url.IsInternal && !address.Url.IsInactive)
            .Select(address => AddressOf(address.Name, address.Url))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new Completion(_instances.Values.Where(instance => IsOwn(instance.Update!.Resource, instance.Update.Snapshot)).DistinctBy(instance => instance.Update!.Resource).Count(), Seconds(_began), addresses);
    }

    private string WithAdvice(string reason) => options.Advice?.Invoke(reason) is { } advice ? $"{reason}. {advice}" : reason;

    private string? EndOf(ResourceEvent update) => update.Snapshot switch
    {
        var failed when failed.Is(KnownResourceStates.FailedToStart) => "failed to start",
        // The orchestrator gives -1 for a process that a signal has ended.
        { ExitCode: -1 } => "was killed",
        { ExitCode: { } code and not 0 } => $"ended with code {code}",
        _ when WaitingFor(update.Resource).Count > 0 => "ended",
        _ => null,
    };

    private Failure? Tell(Instance instance, string what)
    {
        // A restart that ends in the same way is no news; the restarts themselves are told by who restarts.
        var told = what.Split(':')[0].Split(" for ")[0];
        if (string.Equals(instance.Told, told, StringComparison.Ordinal))
            return null;
        instance.Told = told;
        return new Failure(instance.Update!.ResourceId, what, WaitingFor(instance.Update.Resource));
    }

    private List<string> WaitingFor(IResource resource) => _instances.Values
        .Select(instance => instance.Update!)
        .Where(update => update.Snapshot.Is(KnownResourceStates.Waiting)
            && update.Resource.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == resource && !(wait.WaitType is WaitType.WaitForCompletion && IsDone(resource, wait.ExitCode))))
        .Select(update => update.Resource.Name)
        .Distinct(StringComparer.Ordinal)
        .ToList();

    private bool IsDone(IResource resource, int exitCode) => InstancesOf(resource).All(update => update.Snapshot.IsTerminal() && update.Snapshot.ExitCode == exitCode);

    private bool IsUp(IResource resource)
    {
        var updates = InstancesOf(resource).ToList();
        return !Starts(resource) || (updates.Count > 0 && updates.TrueForAll(update => update.Snapshot.IsHidden
            || IsHealthy(update.Snapshot)
            || update.Snapshot is { ExitCode: 0, State.Text: "Finished" or "Exited" }));
    }

    private IEnumerable<ResourceEvent> InstancesOf(IResource resource) => _instances.Values.Select(instance => instance.Update!).Where(update => update.Resource == resource);

    private static bool IsOwn(IResource resource, CustomResourceSnapshot snapshot) => Starts(resource) && !snapshot.IsHidden;

    // What runs, and what is part of it and has a health of its own, as a database. A parameter has nothing to wait for.
    private static bool Starts(IResource resource) => !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()
        && (resource is ProjectResource or ExecutableResource || resource.IsContainer() || resource.Annotations.OfType<HealthCheckAnnotation>().Any());

    private static bool IsHealthy(CustomResourceSnapshot snapshot) => snapshot.HealthStatus is HealthStatus.Healthy;

    private static string Reason(CustomResourceSnapshot snapshot)
    {
        var report = snapshot.HealthReports.FirstOrDefault(report => report.Status is not HealthStatus.Healthy);
        return report switch
        {
            null => "no health check has answered",
            { Status: null } => $"{report.Name} has not answered",
            _ => $"{report.Name}: {(report.Description ?? report.ExceptionText)?.Split('\n')[0].Trim() ?? $"{report.Status}"}",
        };
    }

    // No more than scheme, host, port and path: what else an address may hold can be a login.
    private static string? AddressOf(string resource, UrlSnapshot url)
    {
        if (!Uri.TryCreate(url.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return null;
        var text = url.DisplayProperties.DisplayName is { Length: > 0 } name ? $"{resource}, {name}" : resource;
        return $"{address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}  {text}";
    }

    private string Seconds(long since) => string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(since).TotalSeconds:0} s");

    /// <param name="Id">Of the resource's instance.</param>
    /// <param name="What">As "ended with code 3".</param>
    /// <param name="Waiting">The names of the resources that wait for it.</param>
    internal sealed record Failure(string Id, string What, IReadOnlyList<string> Waiting);

    internal sealed record Completion(int Resources, string Took, IReadOnlyList<string> Addresses);

    private sealed class Instance
    {
        public ResourceEvent? Update { get; set; }

        public long RunningSince { get; set; }

        public bool IsStopped { get; set; }

        public string? Told { get; set; }
    }
}
