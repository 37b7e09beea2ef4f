using Mom.AppHost.Commands;
using Mom.AppHost.Model.Access;
using Mom.Contracts;
using Mom.Hosting.NativeServers.RabbitMQ;
using Mom.Hosting.Ports;

namespace Mom.AppHost.Model.Servers;

internal static class Broker
{
    private const string ManagementUrl = "RabbitMq:Management:Url";

    /// <summary>RabbitMQ with its management screen.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddBroker(this IDistributedApplicationBuilder builder, string name, ServerSource servers)
        => servers.Add(
            name,
            "amqps://user:password@host:port",
            _ => builder
                .AddRabbitMQ(name, password: builder.AddServerPassword(name), port: builder.Port(7072))
                .WithManagementPlugin(port: builder.Port(9092))
                .WithDataVolume(builder.VolumeOf(name))
                .WithUsers()
                .WithUrlForEndpoint("management", ShowScreen)
                .WithPauseCommand(),
            _ => builder
                .AddNativeRabbitMQ(name, password: builder.AddServerPassword(name), port: builder.Port(7072))
                .WithManagementPlugin(port: builder.Port(9092))
                .WithUsers()
                .WithUrlForEndpoint("management", ShowScreen)
                .WithPauseCommand()
                .WithRestart());

    /// <summary>Tells a service where the broker's management API is: that of our own broker, else what is configured as <c>RabbitMq:Management:Url</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithBrokerManagement(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithConnectionString> broker)
    {
        const string variable = "RabbitMq__Management__Url";
        if (broker.Resource.TryGetLastAnnotation<ServerLogins>(out var logins))
        {
            service.WithEnvironment("RabbitMq__Management__User", MomUsers.ApiMonitoring)
                .WithEnvironment(context => context.EnvironmentVariables["RabbitMq__Management__Password"] = logins.PasswordOf(MomUsers.ApiMonitoring));
        }

        if (broker.Resource is RabbitMQServerResource or NativeRabbitMQServerResource)
            return service.WithEnvironment(variable, ((IResourceWithEndpoints)broker.Resource).GetEndpoint("management"));

        var builder = service.ApplicationBuilder;
        var configured = builder.Configuration[ManagementUrl];
        if (builder.ExecutionContext.IsPublishMode)
            return service.WithEnvironment(variable, builder.AddDeploymentParameter("rabbitmq-management-url", configured, "RabbitMQ's management API: https://host:port", secret: false));

        return configured is { Length: > 0 } ? service.WithEnvironment(variable, configured) : service;
    }

    private static void ShowScreen(ResourceUrlAnnotation url) => url.DisplayText = "Queues (management screen)";
}
