using Microsoft.Extensions.Configuration;
using Mom.AppHost.Commands;

namespace Mom.AppHost.Model.Servers;

/// <summary>What servers are told, wherever they come from.</summary>
internal static class ServerExtensions
{
    /// <summary>Whether servers are all that is wanted: the setting <c>ServersOnly</c>.</summary>
    public static bool HasServersOnly(this IDistributedApplicationBuilder builder)
    {
        var isSo = builder.ExecutionContext.IsRunMode && builder.Configuration.GetValue("ServersOnly", defaultValue: false);
        if (isSo)
            builder.AddEnvironmentCommands();
        return isSo;
    }

    /// <summary>Whether screens of database and cache are wanted: the setting <c>Screens</c>, true when it is not set.</summary>
    public static bool HasScreens(this IDistributedApplicationBuilder builder) => builder.Configuration.GetValue("Screens", defaultValue: true);

    /// <summary>The name of a server's volume: with the setting <c>Volumes:Prefix</c>, else <see langword="null"/>, which is Aspire's own choice.</summary>
    /// <remarks>
    /// Aspire's choice is another one for each clone, whose servers have passwords of their own. It has a dot in it, which Kubernetes
    /// does not take for the name of a volume: what is published has the prefix <c>mom</c>.
    /// </remarks>
    public static string? VolumeOf(this IDistributedApplicationBuilder builder, string server)
    {
        var prefix = builder.Configuration["Volumes:Prefix"] ?? (builder.ExecutionContext.IsPublishMode ? "mom" : null);
        return prefix is null ? null : $"{prefix}-{server}-data";
    }

    /// <summary>What a deployment is asked for, unless it is configured here and now.</summary>
    public static IResourceBuilder<ParameterResource> AddDeploymentParameter(
        this IDistributedApplicationBuilder builder, string name, string? configured, string description, bool secret)
    {
        var parameter = configured is { Length: > 0 } ? builder.AddParameter(name, configured, secret: secret) : builder.AddParameter(name, secret);
        return parameter.WithDescription(description);
    }
}
