using Microsoft.Extensions.DependencyInjection;

namespace Mom.Hosting.NativeServers.Redis;

/// <summary>Redis without a container.</summary>
public static class NativeRedisExtensions
{
    /// <summary>Adds a Redis that runs as a process of this machine; used as the one of <c>AddRedis</c>.</summary>
    /// <param name="builder">The AppHost.</param>
    /// <param name="name">The name of the resource and of its connection string.</param>
    /// <param name="port">Its TCP port; a free one when it is <see langword="null"/>.</param>
    /// <param name="password">Its password; a random one, kept in the user secrets, when it is <see langword="null"/>.</param>
    public static IResourceBuilder<NativeRedisResource> AddNativeRedis(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        // No special characters: StackExchange.Redis takes no comma in it.
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new NativeRedisResource(name, secret, builder.DataDirectoryOf(name));

        string? connectionString = null;
        builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(server, async (_, cancellationToken) =>
            connectionString = await server.ConnectionStringExpression.GetValueAsync(cancellationToken));

        var check = $"{name}_check";
        builder.Services.AddHealthChecks().AddRedis(_ => connectionString ?? throw new InvalidOperationException($"{name} has no address yet."), check);

        return builder.AddNativeServer(server, NativeRedisResource.PrimaryEndpointName, "redis", port)
            .WithIconName("Database")
            .WithHealthCheck(check);
    }
}
