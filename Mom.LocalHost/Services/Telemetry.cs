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
    }
}
