using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.ServiceDefaults.Telemetry;
using OpenTelemetry;
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
    /// <c>PING</c> and <c>SELECT</c>. Elsewhere <c>OTEL_TRACES_SAMPLER</c> decides.
    /// </remarks>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(OwnSources))
            .WithTracing(tracing =>
            {
                if (builder.Environment.IsDevelopment())
                    tracing.SetSampler(new ParentBasedSampler(new AlwaysOnSampler()));

                tracing
                    .AddSource(builder.Environment.ApplicationName, OwnSources)
                    .AddAspNetCoreInstrumentation(options => options.Filter = static context => !IsProbe(context))
                    .AddHttpClientInstrumentation()
                    .AddProcessor(new MessagingSpanProcessor())
                    .AddProcessor(new DatabaseSpanProcessor());
            });

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();

        return builder;
    }

    private static bool IsProbe(HttpContext context)
        => context.Request.Path.StartsWithSegments(HealthEndpoints.Readiness, StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments(HealthEndpoints.Liveness, StringComparison.OrdinalIgnoreCase);
}
