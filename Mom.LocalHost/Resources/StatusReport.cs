namespace Mom.LocalHost.Resources;

/// <summary>Sums up the replicas of a resource.</summary>
internal static class StatusReport
{
    // The first of these that any replica is in, the resource is in.
    private static readonly ResourceState[] WorstFirst =
        [ResourceState.Failed, ResourceState.Crashed, ResourceState.Stopped, ResourceState.Unhealthy, ResourceState.Starting, ResourceState.Healthy];

    public static ResourceStatus Of(Blueprint blueprint, IReadOnlyList<Replica> replicas, string log)
    {
        var instances = replicas
            .Select(r => new ReplicaStatus(r.Number, r.State, r.Pid, r.Current?.Port, r.Current?.Url, r.Restarts))
            .ToList();
        return new ResourceStatus
        {
            Name = blueprint.Name,
            Kind = blueprint.Kind,
            State = WorstFirst.First(state => instances.Exists(instance => instance.State == state)),
            Reason = replicas.Select(replica => replica.Reason).FirstOrDefault(reason => reason is not null),
            Url = instances[0].Url,
            Port = instances[0].Port,
            Pid = instances[0].Pid,
            Restarts = instances.Sum(instance => instance.Restarts),
            Replicas = instances.Count,
            Instances = instances,
            Log = log,
        };
    }
}
