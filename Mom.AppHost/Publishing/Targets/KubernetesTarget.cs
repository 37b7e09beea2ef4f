using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace Mom.AppHost.Publishing;

/// <summary>A Helm chart: services as Deployments, servers as StatefulSets with volumes, workers scaled by KEDA.</summary>
internal static class KubernetesTarget
{
    // Longer than the drain of a worker, so that it is never killed with messages in flight.
    private const int GraceSeconds = 45;

    public static void AddKubernetes(this IDistributedApplicationBuilder builder)
    {
        builder.AddKubernetesEnvironment("kubernetes").WithProperties(environment =>
        {
            // The publisher's default, emptyDir, loses all data when a pod moves.
            environment.DefaultStorageType = "pvc";
            environment.DefaultStorageSize = "10Gi";
        });

        foreach (var service in builder.Resources.OfType<ProjectResource>().ToList())
        {
            var scaling = QueueScaling.Of(service.Name);
            builder.CreateResourceBuilder(service).PublishAsKubernetesService(kubernetes =>
            {
                Restrict(kubernetes);
                if (StickySessions.Needs(service.Name) && kubernetes.Service is { } address)
                    address.Spec.SessionAffinity = "ClientIP";
                if (scaling is not null)
                    kubernetes.AdditionalResources.AddRange(QueueScaler.Of(scaling, kubernetes));
            });
        }
    }

    private static void Restrict(KubernetesResource kubernetes)
    {
        if (kubernetes.Workload?.PodTemplate.Spec is not { } pod)
            return;

        pod.TerminationGracePeriodSeconds = GraceSeconds;
        foreach (var container in pod.Containers)
        {
            container.SecurityContext = new SecurityContextV1 { RunAsNonRoot = true, AllowPrivilegeEscalation = false };
            foreach (var probe in new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe })
            {
                // Kubernetes supports only HTTP and HTTPS; Aspire's publisher (13.6 too) writes the URI scheme unchanged.
                if (probe?.HttpGet is { Scheme: not null } http)
                    http.Scheme = http.Scheme.ToUpperInvariant();
            }

            container.Resources = new ResourceRequirementsV1();
            container.Resources.Requests["cpu"] = $"{ReplicaSize.MilliCoresRequest}m";
            container.Resources.Requests["memory"] = $"{ReplicaSize.MemoryRequest}Mi";
            container.Resources.Limits["memory"] = $"{ReplicaSize.MemoryLimit}Mi";
        }
    }
}
