using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of this system shares; a service's <c>Program.cs</c> calls it first.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds telemetry, health checks and service discovery, and to a service that is reached over HTTP its limits: see <see cref="WebDefaults"/>.
    /// </summary>
    /// <remarks>
    /// Unlike Aspire's template it gives no <c>HttpClient</c> a resilience handler: that handler's limit of 10 s per attempt is
    /// wrong for a math service that may think for 10 s, and it repeats every method, a <c>POST</c> too. Each client chooses its
    /// own with <c>AddStandardResilienceHandler</c>, where the callee is known.
    /// </remarks>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // At Information they log every probe, every URL, every SQL command, every attempt that went well and each step of a connection to
        // Redis: traces and health tell that better.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Warning);
        // Each service logs once that a server is unavailable; the framework would log it at each probe, and during the start.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Logging.AddFilter("StackExchange.Redis", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();
        if (builder is WebApplicationBuilder web)
            web.AddWebDefaults();

        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());

        return builder;
    }
}
