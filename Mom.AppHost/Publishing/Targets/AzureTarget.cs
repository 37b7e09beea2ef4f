using System.Globalization;
using Azure.Provisioning.AppContainers;

namespace Mom.AppHost.Publishing;

/// <summary>Azure Container Apps, by <c>azd up</c> or <c>aspire deploy</c>. Servers are reached by connection strings, asked for once.</summary>
internal static class AzureTarget
{
    public static void AddAzure(this IDistributedApplicationBuilder builder)
    {
        builder.AddAzureContainerAppEnvironment("azure").WithAzdResourceNaming();

        foreach (var service in builder.Resources.OfType<ProjectResource>().ToList())
        {
            var isSticky = StickySessions.Needs(service.Name);
            var scaling = QueueScaling.Of(service.Name);
            builder.CreateResourceBuilder(service).PublishAsAzureContainerApp((_, app) =>
            {
                if (app.Template.Containers[0].Value is { } container)
                {
                    container.Resources.Cpu = ReplicaSize.AzureCores;
                    container.Resources.Memory = string.Create(CultureInfo.InvariantCulture, $"{ReplicaSize.MemoryLimit / 1024.0}Gi");
                }

                // Not 0: sockets and consumers must run before the first request.
                app.Template.Scale.MinReplicas = scaling?.Minimum ?? 1;
                app.Template.Scale.MaxReplicas = scaling?.Maximum ?? 10;
                foreach (var queue in scaling?.Queues ?? [])
                    app.Template.Scale.Rules.Add(Rule(queue));
                if (isSticky)
                {
#pragma warning disable CS0618 // Newer versions of Azure.Provisioning.AppContainers keep this name beside another one.
                    app.Configuration.Ingress.StickySessionsAffinity = StickySessionAffinity.Sticky;
#pragma warning restore CS0618
                }
            });
        }
    }

    private static ContainerAppScaleRule Rule(QueueLength queue)
    {
        var rule = new ContainerAppCustomScaleRule { CustomScaleRuleType = "rabbitmq" };
        foreach (var (name, value) in queue.Metadata)
            rule.Metadata[name] = value;

        // The publisher creates a secret with this name for each variable that contains one.
        var secret = QueueScaling.BrokerVariable.Replace('_', '-').ToLowerInvariant();
        rule.Auth.Add(new ContainerAppScaleRuleAuth { SecretRef = secret, TriggerParameter = "host" });
        // The name of a rule may contain letters, digits and hyphens.
        return new ContainerAppScaleRule { Name = queue.Queue.Replace('.', '-'), Custom = rule };
    }
}
