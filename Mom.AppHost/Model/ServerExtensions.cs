using Microsoft.Extensions.Configuration;

namespace Mom.AppHost.Model;

internal static class ServerExtensions
{
    private const string ManagementUrl = "RabbitMq:Management:Url";

    /// <summary>The server configured as <c>ConnectionStrings:{name}</c>, else the one that <paramref name="container"/> adds.</summary>
    /// <remarks>
    /// What is published to Azure gets all servers by connection string: see <c>docs/deploy.md</c> on which servers can live where.
    /// </remarks>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionStringOr(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<string, IResourceBuilder<IResourceWithConnectionString>> container)
        => Publishing.PublishTargets.Of(builder) is Publishing.PublishTarget.Azure || builder.Configuration.GetConnectionString(name) is { Length: > 0 }
            ? builder.AddConnectionString(name)
            : container(name);

    /// <summary>The name of a server's volume; <see langword="null"/>, which is Aspire's own choice, while it runs on a developer's machine.</summary>
    /// <remarks>
    /// Aspire's choice is another one for each clone, whose servers have passwords of their own. It has a dot in it, which Kubernetes
    /// does not take for the name of a volume.
    /// </remarks>
    public static string? VolumeOf(this IDistributedApplicationBuilder builder, string server)
        => builder.ExecutionContext.IsPublishMode ? $"mom-{server}-data" : null;

    /// <summary>Tells a service where the broker's management API is: the container's, else what is configured as <c>RabbitMq:Management:Url</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithBrokerManagement(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithConnectionString> broker)
    {
        const string variable = "RabbitMq__Management__Url";
        if (broker.Resource is RabbitMQServerResource container)
            return service.WithEnvironment(variable, container.GetEndpoint("management"));

        return service.ApplicationBuilder.Configuration[ManagementUrl] is { Length: > 0 } url ? service.WithEnvironment(variable, url) : service;
    }
}
