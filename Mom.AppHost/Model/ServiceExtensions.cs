using Microsoft.Extensions.Configuration;

namespace Mom.AppHost.Model;

internal static class ServiceExtensions
{
    /// <summary>How many processes a worker has: <c>Replicas:{name}</c>, 2 where nothing is configured.</summary>
    /// <remarks>Two, so that what only goes wrong with more than one is seen on a developer's machine.</remarks>
    public static int ReplicasOf(this IDistributedApplicationBuilder builder, string name)
        => builder.Configuration.GetValue($"Replicas:{name}", defaultValue: 2);

    /// <summary>Readiness at <c>/health</c>, which others wait for, and liveness at <c>/alive</c>; published as the orchestrator's probes.</summary>
    public static IResourceBuilder<ProjectResource> WithProbes(this IResourceBuilder<ProjectResource> service)
    {
#pragma warning disable ASPIREPROBES001 // Experimental in 13.6, as before; to be removed when it compiles without.
        return service
            .WithHttpProbe(ProbeType.Readiness, "/health", timeoutSeconds: 5)
            .WithHttpProbe(ProbeType.Liveness, "/alive", timeoutSeconds: 5)
            // A db-worker that migrates a large database responds only afterwards: up to 10 minutes. An annotation, because
            // WithHttpProbe would add a second health check of the same path.
            .WithAnnotation(new EndpointProbeAnnotation
            {
                Type = ProbeType.Startup,
                EndpointReference = service.GetEndpoint("http"),
                Path = "/alive",
                PeriodSeconds = 5,
                TimeoutSeconds = 5,
                FailureThreshold = 120,
                SuccessThreshold = 1,
            });
#pragma warning restore ASPIREPROBES001
    }

    /// <summary>Shows the service's address in the dashboard by what a person finds there.</summary>
    public static IResourceBuilder<ProjectResource> WithLink(this IResourceBuilder<ProjectResource> service, string text, string path)
        => service.WithUrlForEndpoint("http", url => (url.DisplayText, url.Url) = (text, path));

    /// <summary>Gives every service the environment's name that this host has.</summary>
    /// <remarks>
    /// The orchestrator does not pass on <c>ASPNETCORE_ENVIRONMENT</c>, and without a launch profile a service would run as Production on
    /// a developer's machine. Published services run as Production.
    /// </remarks>
    public static void PassEnvironmentNameOn(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        foreach (var service in builder.Resources.OfType<ProjectResource>())
            builder.CreateResourceBuilder(service).WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
    }

    /// <summary>Tells what is published the names that it goes by: that by which other services call it, and those that the deployment has for people.</summary>
    /// <remarks>On this machine they need none: a service always goes by the names of the machine itself.</remarks>
    public static void NameServices(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode)
            return;

        var names = builder.AddParameter("allowed-hosts", "localhost", publishValueAsDefault: true)
            .WithDescription("The names by which people reach panel, API and socket, parted by semicolons: app.example.org;*.example.net. Others are answered 400.");
        foreach (var service in builder.Resources.OfType<ProjectResource>().ToList())
        {
            var own = builder.CreateResourceBuilder(service).GetEndpoint("http").Property(EndpointProperty.Host);
            builder.CreateResourceBuilder(service).WithEnvironment("AllowedHosts", ReferenceExpression.Create($"{own};{names}"));
        }
    }
}
