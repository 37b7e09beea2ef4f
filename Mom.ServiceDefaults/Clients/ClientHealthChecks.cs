using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Mom.ServiceDefaults.Clients;

internal static class ClientHealthChecks
{
    /// <summary>A probe's caller gives up after some seconds; a check that answers later than this helps nobody.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the check once, however often the client is registered.</summary>
    public static void TryAddHealthCheck(this IHostApplicationBuilder builder, string name, Func<IServiceProvider, IHealthCheck> factory)
    {
        if (builder.Properties.TryAdd($"Mom.HealthChecks.{name}", value: true))
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(name, factory, failureStatus: null, tags: null, Timeout));
    }
}
