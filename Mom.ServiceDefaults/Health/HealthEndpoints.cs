using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mom.ServiceDefaults.Health;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>The two health routes of every service.</summary>
public static class HealthEndpoints
{
    /// <summary>Readiness: all checks. 200 when the service can do its work, 503 when not.</summary>
    public const string Readiness = "/health";

    /// <summary>Liveness: only the checks tagged <see cref="LiveTag"/>. Not 200 means: restart the process.</summary>
    public const string Liveness = "/alive";

    /// <summary>The tag of a check whose failure only a restart can mend. A server that is unavailable is never one.</summary>
    public const string LiveTag = "live";

    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        return builder;
    }

    /// <summary>Maps <c>/health</c> and <c>/alive</c>, each with a JSON body (see <see cref="HealthReportWriter"/>).</summary>
    /// <remarks>
    /// Aspire's template maps them in Development only. Here the AppHost and every orchestrator's probes need them in every
    /// environment, without a token. That is safe because the body names checks, states and durations and never carries the text of
    /// an exception, and because only the API, the socket and the panel are ever reachable from outside.
    /// </remarks>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        // What is made first is disposed of last: whatever says goodbye to Redis as the service ends is still traced, and the tracing of Redis
        // throws once it has been disposed of.
        _ = app.Services.GetService<TracerProvider>();

        app.MapProbe(Readiness, static _ => true);
        app.MapProbe(Liveness, static check => check.Tags.Contains(LiveTag));
        return app;
    }

    private static void MapProbe(this WebApplication app, string path, Func<HealthCheckRegistration, bool> predicate) => app
        .MapHealthChecks(path, new HealthCheckOptions { Predicate = predicate, ResponseWriter = HealthReportWriter.WriteAsync })
        .AllowAnonymous()
        .DisableHttpMetrics();
}
