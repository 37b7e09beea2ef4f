using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

namespace Mom.AppHost.Publishing;

/// <summary>Docker Compose: everything on one machine, servers with their volumes, and the dashboard.</summary>
internal static class ComposeTarget
{
    public static void AddCompose(this IDistributedApplicationBuilder builder)
    {
        builder.AddDockerComposeEnvironment("compose").WithDashboard(dashboard => dashboard.WithHostPort(18888));

        foreach (var service in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder.CreateResourceBuilder(service).PublishAsDockerComposeService((_, compose) =>
            {
                Keep(compose);
                compose.Deploy = new Deploy
                {
                    Replicas = service.GetReplicaCount(),
                    Resources = new() { Limits = new() { Memory = $"{ReplicaSize.MemoryLimit}M" } },
                };
                // Longer than the drain of a worker, so that it is never killed with messages in flight.
                compose.StopGracePeriod = "45s";
                foreach (var server in builder.Resources.OfType<ContainerResource>())
                {
                    if (compose.DependsOn.TryGetValue(server.Name, out var dependency))
                        dependency.Condition = "service_healthy";
                }
            });
        }

        // The broker stores its data by host name: with the random name of a new container it would start empty.
        builder.KeepServer<RabbitMQServerResource>("rabbitmq-diagnostics -q check_port_connectivity", compose => compose.Hostname = "rabbitmq");
        builder.KeepServer<PostgresServerResource>("pg_isready -q -h 127.0.0.1");
        builder.KeepServer<RedisResource>("REDISCLI_AUTH=$$REDIS_PASSWORD redis-cli ping | grep -q PONG");
    }

    // The images of the services have no shell for a health check; services retry until their servers are available.
    private static void KeepServer<T>(this IDistributedApplicationBuilder builder, string check, Action<Service>? more = null)
        where T : ContainerResource
    {
        foreach (var server in builder.Resources.OfType<T>().ToList())
        {
            builder.CreateResourceBuilder(server).PublishAsDockerComposeService((_, compose) =>
            {
                Keep(compose);
                compose.Healthcheck = new Healthcheck { Test = ["CMD-SHELL", check], Interval = "5s", Timeout = "5s", Retries = 12, StartPeriod = "20s" };
                more?.Invoke(compose);
            });
        }
    }

    private static void Keep(Service compose) => compose.Restart = "unless-stopped";
}
