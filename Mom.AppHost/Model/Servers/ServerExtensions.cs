using Microsoft.Extensions.Configuration;
using Mom.AppHost.Commands;

namespace Mom.AppHost.Model.Servers;

/// <summary>Settings that apply to containers and native servers.</summary>
internal static class ServerExtensions
{
    /// <summary>Whether only the servers are started: the setting <c>ServersOnly</c>.</summary>
    public static bool HasServersOnly(this IDistributedApplicationBuilder builder)
    {
        var isSo = builder.ExecutionContext.IsRunMode && builder.Configuration.GetValue("ServersOnly", defaultValue: false);
        if (isSo)
            builder.AddEnvironmentCommands();
        return isSo;
    }

    /// <summary>Whether the management screens of database and cache are started: the setting <c>Screens</c>, default true.</summary>
    public static bool HasScreens(this IDistributedApplicationBuilder builder) => builder.Configuration.GetValue("Screens", defaultValue: true);

    /// <summary>The name of a server's volume: with the setting <c>Volumes:Prefix</c>, else <see langword="null"/>, which is Aspire's own choice.</summary>
    /// <remarks>
    /// Aspire's default differs for each clone, and so do the passwords of the servers. It contains a dot, which Kubernetes refuses
    /// in the name of a volume: published volumes have the prefix <c>mom</c>.
    /// </remarks>
    public static string? VolumeOf(this IDistributedApplicationBuilder builder, string server)
    {
        var prefix = builder.Configuration["Volumes:Prefix"] ?? (builder.ExecutionContext.IsPublishMode ? "mom" : null);
        return prefix is null ? null : $"{prefix}-{server}-data";
    }

    /// <summary>A parameter that the deployment prompts for, unless it is configured now.</summary>
    public static IResourceBuilder<ParameterResource> AddDeploymentParameter(
        this IDistributedApplicationBuilder builder, string name, string? configured, string description, bool secret)
    {
        var parameter = configured is { Length: > 0 } ? builder.AddParameter(name, configured, secret: secret) : builder.AddParameter(name, secret);
        return parameter.WithDescription(description);
    }
}
