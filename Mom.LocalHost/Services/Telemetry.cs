using System.Globalization;

namespace Mom.LocalHost.Services;

/// <summary>What the OpenTelemetry exporters read: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/.</summary>
internal static class Telemetry
{
    /// <param name="service">Resource name.</param>
    /// <param name="replica">1 for the first.</param>
    /// <param name="otlpGrpc">Where the telemetry goes; <see langword="null"/> when nobody takes it.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(string service, int replica, string? otlpGrpc)
    {
        var instance = string.Create(CultureInfo.InvariantCulture, $"{service}-{replica}");
        yield return new("OTEL_SERVICE_NAME", service);
        yield return new("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={instance}");
        if (otlpGrpc is null)
            yield break;

        yield return new("OTEL_EXPORTER_OTLP_ENDPOINT", otlpGrpc);
        yield return new("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        // As Aspire does for development: what happened is seen at once. OpenTelemetry's own are 5 s, 5 s and 60 s.
        foreach (var interval in new[] { "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BLRP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL" })
            yield return new(interval, "1000");
    }
}
