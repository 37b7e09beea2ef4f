using System.Text.Json;

namespace Mom.Tests.Support;

/// <summary>What the Aspire dashboard has received, by its HTTP telemetry API.</summary>
/// <param name="dashboard">The dashboard's address.</param>
internal sealed class Telemetry(string dashboard) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(dashboard) };

    /// <summary>All spans of a trace that have arrived so far; none while the dashboard does not know it.</summary>
    public async Task<IReadOnlyList<TelemetrySpan>> TraceAsync(string traceId)
    {
        using var answer = await _http.GetAsync($"/api/telemetry/traces/{traceId}");
        if (!answer.IsSuccessStatusCode)
        {
            return [];
        }

        using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        return [.. document.RootElement.GetProperty("data").GetProperty("resourceSpans").EnumerateArray().SelectMany(Spans)];
    }

    public void Dispose() => _http.Dispose();

    // The form of OTLP/JSON: spans by instrumentation scope, by resource.
    private static IEnumerable<TelemetrySpan> Spans(JsonElement resource)
    {
        var service = Attributes(resource.GetProperty("resource"))["service.name"];
        return resource.GetProperty("scopeSpans").EnumerateArray()
            .SelectMany(scope => scope.GetProperty("spans").EnumerateArray())
            .Select(span => new TelemetrySpan(
                service,
                span.GetProperty("name").GetString()!,
                span.GetProperty("spanId").GetString()!,
                span.TryGetProperty("parentSpanId", out var parent) ? parent.GetString() : null,
                Attributes(span)));
    }

    private static Dictionary<string, string> Attributes(JsonElement owner) => !owner.TryGetProperty("attributes", out var attributes)
        ? []
        : attributes.EnumerateArray()
            .GroupBy(attribute => attribute.GetProperty("key").GetString()!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Text(group.First().GetProperty("value")), StringComparer.Ordinal);

    private static string Text(JsonElement value) => value.EnumerateObject().First().Value.ToString();
}
