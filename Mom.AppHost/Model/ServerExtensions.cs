using Microsoft.Extensions.Configuration;
using Mom.AppHost.Publishing;

namespace Mom.AppHost.Model;

internal static class ServerExtensions
{
    private const string ManagementUrl = "RabbitMq:Management:Url";

    /// <summary>The server configured as <c>ConnectionStrings:{name}</c>, else the one that <paramref name="container"/> adds.</summary>
    /// <param name="builder">This host.</param>
    /// <param name="name">The name by which services know it.</param>
    /// <param name="form">What its connection string looks like, for whoever is asked for it.</param>
    /// <param name="container">Adds the container.</param>
    /// <remarks>
    /// What is published to Azure gets all servers by connection string: see <c>docs/deploy.md</c> on which servers can live where.
    /// </remarks>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionStringOr(
        this IDistributedApplicationBuilder builder,
        string name,
        string form,
        Func<string, IResourceBuilder<IResourceWithConnectionString>> container)
    {
        var configured = builder.Configuration.GetConnectionString(name);
        var isExternal = configured is { Length: > 0 } || PublishTargets.Of(builder) is PublishTarget.Azure;
        if (!isExternal)
            return container(name);
        if (builder.ExecutionContext.IsRunMode)
            return builder.AddConnectionString(name);

        // A parameter of its own: Aspire remembers what a deployment was told. What Azure was told as ConnectionStrings:{name} would
        // take the place of the container when another target is published from the same machine.
        var parameter = builder.AddDeploymentParameter($"{name}-connection", configured, $"How services reach {name}: {form}", secret: true);
        return builder.AddConnectionString(name, ReferenceExpression.Create($"{parameter}"));
    }

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

        var builder = service.ApplicationBuilder;
        var configured = builder.Configuration[ManagementUrl];
        if (builder.ExecutionContext.IsPublishMode)
            return service.WithEnvironment(variable, builder.AddDeploymentParameter("rabbitmq-management-url", configured, "RabbitMQ's management API: https://host:port", secret: false));

        return configured is { Length: > 0 } ? service.WithEnvironment(variable, configured) : service;
    }

    /// <summary>What a deployment is asked for, unless it is configured here and now.</summary>
    private static IResourceBuilder<ParameterResource> AddDeploymentParameter(
        this IDistributedApplicationBuilder builder, string name, string? configured, string description, bool secret)
    {
        var parameter = configured is { Length: > 0 } ? builder.AddParameter(name, configured, secret: secret) : builder.AddParameter(name, secret);
        return parameter.WithDescription(description);
    }
}
