using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.ServiceDefaults.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>Logs, metrics and traces by OpenTelemetry.</summary>
public static class TelemetryExtensions
{
    /// <summary>The sources and meters of this system's own code.</summary>
    private const string OwnSources = "Mom.*";

    /// <summary>
    /// Collects logs, metrics and traces, and exports them by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. The clients of
    /// broker, database and cache add their own sources where they are registered.
    /// </summary>
    /// <remarks>
    /// In development every trace is kept, but a span follows its parent. Aspire sets <c>OTEL_TRACES_SAMPLER=always_on</c> there, which
    /// would keep what a health check asks of the servers although its request is filtered out: a trace of its own for each probe's
    /// <c>PING</c> and <c>SELECT</c>. Elsewhere <c>OTEL_TRACES_SAMPLER</c> decides. Without an endpoint no trace is kept anywhere.
    /// </remarks>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var exports = !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(OwnSources))
            .WithTracing(tracing =>
            {
                // Where nothing is exported nothing is recorded: spans that nobody gets cost processor time too. Contexts are passed on all the
                // same: logs and jobs have the id of their trace.
                if (!exports)
                    tracing.SetSampler(new AlwaysOffSampler());
                else if (builder.Environment.IsDevelopment())
                    tracing.SetSampler(new ParentBasedSampler(new AlwaysOnSampler()));

                tracing
                    .AddSource(builder.Environment.ApplicationName, OwnSources)
                    .AddAspNetCoreInstrumentation(LeaveOutConnections)
                    .AddHttpClientInstrumentation()
                    .AddProcessor(new TraceRoots())
                    .AddProcessor(new MessagingSpanProcessor())
                    .AddProcessor(new DatabaseSpanProcessor());
            });

        builder.AddQuietPaths(HealthEndpoints.Readiness, HealthEndpoints.Liveness);

        // What stands in a query may be a secret, by contract (a token) or by mistake. An AppHost sets both to true for every service.
        builder.Configuration["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "false";
        builder.Configuration["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "false";

        // A hundred jobs at once leave more spans in a second than the usual 2,048 that wait to be sent; what does not fit is thrown away,
        // and a trace that lacks a span falls apart.
        builder.Configuration["OTEL_BSP_MAX_QUEUE_SIZE"] ??= "16384";
        if (exports)
            telemetry.UseOtlpExporter();

        return builder;
    }

    /// <summary>
    /// Requests to these paths, and to those below them, leave no trace, nor does what they cause: for connections that stay open, and for
    /// what a page asks without its user.
    /// </summary>
    public static TBuilder AddQuietPaths<TBuilder>(this TBuilder builder, params string[] paths)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.Configure<AspNetCoreTraceInstrumentationOptions>(options =>
        {
            var before = options.Filter;
            options.Filter = context => before?.Invoke(context) != false
                && !Array.Exists(paths, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        });
        return builder;
    }

    // Each call that a hub receives, each event and the circuit of a Blazor page would be a trace of its own: hundreds for a page that a user
    // only looks at (https://github.com/dotnet/aspnetcore/issues/62254).
    private static void LeaveOutConnections(AspNetCoreTraceInstrumentationOptions options)
    {
        options.EnableAspNetCoreSignalRSupport = false;
        options.EnableRazorComponentsSupport = false;
        options.Filter = static context => !TraceRoots.IsFile(context.Request);
    }
}
