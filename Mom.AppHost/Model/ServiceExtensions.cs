using Microsoft.Extensions.Configuration;

namespace Mom.AppHost.Model;

internal static class ServiceExtensions
{
    /// <summary>How many processes a worker has: <c>Replicas:{name}</c>, 1 where nothing is configured.</summary>
    public static int ReplicasOf(this IDistributedApplicationBuilder builder, string name)
        => builder.Configuration.GetValue($"Replicas:{name}", defaultValue: 1);

    /// <summary>Gives every service the environment's name that this host has.</summary>
    /// <remarks>
    /// The orchestrator passes no <c>ASPNETCORE_ENVIRONMENT</c> on, and without a launch profile a service would run as Production on
    /// a developer's machine. What is published is Production.
    /// </remarks>
    public static void PassEnvironmentNameOn(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        foreach (var service in builder.Resources.OfType<ProjectResource>())
            builder.CreateResourceBuilder(service).WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
    }
}
