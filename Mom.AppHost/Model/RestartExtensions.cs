using Microsoft.Extensions.Configuration;
using Mom.Hosting.Restarts;

namespace Mom.AppHost.Model;

internal static class RestartExtensions
{
    /// <summary>Starts the service or server again when it ends unasked, unless <c>Restart:Enabled</c> is false.</summary>
    public static IResourceBuilder<T> WithRestart<T>(this IResourceBuilder<T> service)
        where T : IResource
        => service.ApplicationBuilder.Configuration.GetValue("Restart:Enabled", defaultValue: true) ? service.WithAutomaticRestart() : service;
}
