using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace Mom.Hosting.NativeServers.RabbitMQ;

/// <summary>RabbitMQ without a container.</summary>
public static class NativeRabbitMQExtensions
{
    /// <summary>Adds a broker that runs as a process of this machine; used as the one of <c>AddRabbitMQ</c>.</summary>
    /// <param name="builder">The AppHost.</param>
    /// <param name="name">The name of the resource and of its connection string.</param>
    /// <param name="userName">The user's name; <c>guest</c> when it is <see langword="null"/>.</param>
    /// <param name="password">The user's password; a random one, kept in the user secrets, when it is <see langword="null"/>.</param>
    /// <param name="port">The TCP port for AMQP; a free one when it is <see langword="null"/>.</param>
    public static IResourceBuilder<NativeRabbitMQServerResource> AddNativeRabbitMQ(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        // No special characters: it goes into a URI.
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new NativeRabbitMQServerResource(name, userName?.Resource, secret, builder.DataDirectoryOf(name));

        string? connectionString = null;
        builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(server, async (_, cancellationToken) =>
            connectionString = await server.ConnectionStringExpression.GetValueAsync(cancellationToken));

        var check = $"{name}_check";
        // One connection for all checks, and another one when it is lost: at the next check, as others wait for the broker to be healthy again.
        IConnection? connection = null;
        builder.Services.AddHealthChecks().AddRabbitMQ(
            async _ => connection = connection is { IsOpen: true }
                ? connection
                : await new ConnectionFactory { Uri = new Uri(connectionString!), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(),
            check);

        return builder.AddNativeServer(server, NativeRabbitMQServerResource.PrimaryEndpointName, "amqp", port)
            .WithIconName("MailMultiple")
            .WithEnvironment(context =>
            {
                foreach (var (variable, value) in server.Variables)
                    context.EnvironmentVariables[variable] = value;
            })
            .WithHealthCheck(check);
    }

    /// <summary>Enables the management screen and its HTTP API.</summary>
    /// <param name="server">The broker.</param>
    /// <param name="port">Its TCP port; a free one when it is <see langword="null"/>.</param>
    public static IResourceBuilder<NativeRabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<NativeRabbitMQServerResource> server, int? port = null)
        => server.WithNativeEndpoint(NativeRabbitMQServerResource.ManagementEndpointName, "http", port);
}
