using System.Text.Json;
using Mom.Testing;

namespace Mom.Tests.Support;

/// <summary>What the Aspire dashboard has received, by its HTTP telemetry API.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly HttpClient _http;

    private Telemetry(Uri dashboard, string? apiKey)
    {
        // A search looks at all that the dashboard holds, which is much after many tests.
        _http = new HttpClient { BaseAddress = new Uri(dashboard.GetLeftPart(UriPartial.Authority)), Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Add("x-api-key", apiKey);
    }

    public static async Task<Telemetry> OfAsync(RunningSystem system) => new(await system.DashboardAsync(), system.DashboardApiKey);

    /// <summary>All spans of a trace that have arrived so far; none while the dashboard does not know it.</summary>
    public Task<IReadOnlyList<TelemetrySpan>> TraceAsync(string traceId) => SpansAsync($"traces/{traceId}");

    /// <summary>The spans that the dashboard's filter finds by an attribute.</summary>
    public Task<IReadOnlyList<TelemetrySpan>> SpansAsync(string attribute, string value) => SpansAsync($"spans?search={Filter(attribute, value)}");

    /// <summary>The log entries that the dashboard's filter finds by an attribute.</summary>
    public Task<IReadOnlyList<TelemetryLog>> LogsAsync(string attribute, string value) =>
        ReadAsync($"logs?search={Filter(attribute, value)}", "resourceLogs", "scopeLogs", "logRecords", (service, log) => new TelemetryLog(
            service,
            Text(log.GetProperty("body")),
            log.TryGetProperty("traceId", out var trace) ? trace.GetString() : null));

    public void Dispose() => _http.Dispose();

    // The search language of the telemetry API; the pages have a filter dialog for it.
    private static string Filter(string attribute, string value) => Uri.EscapeDataString($"@{attribute}:{value}");

    private Task<IReadOnlyList<TelemetrySpan>> SpansAsync(string query) =>
        ReadAsync(query, "resourceSpans", "scopeSpans", "spans", (service, span) => new TelemetrySpan(
            service,
            span.GetProperty("name").GetString()!,
            span.GetProperty("spanId").GetString()!,
            span.TryGetProperty("parentSpanId", out var parent) ? parent.GetString() : null,
            Attributes(span))
        {
            TraceId = span.GetProperty("traceId").GetString()!,
        });

    // The form of OTLP/JSON: entries by instrumentation scope, by resource.
    private async Task<IReadOnlyList<T>> ReadAsync<T>(string query, string resources, string scopes, string entries, Func<string, JsonElement, T> read)
    {
        using var answer = await _http.GetAsync($"/api/telemetry/{query}");
        if (!answer.IsSuccessStatusCode)
        {
            return [];
        }

        using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        var data = document.RootElement.GetProperty("data");
        if (!data.TryGetProperty(resources, out var found))
        {
            return [];
        }

        return
        [
            .. from resource in found.EnumerateArray()
               let service = Attributes(resource.GetProperty("resource"))["service.name"]
               from scope in resource.GetProperty(scopes).EnumerateArray()
               from entry in scope.GetProperty(entries).EnumerateArray()
               select read(service, entry),
        ];
    }

    private static Dictionary<string, string> Attributes(JsonElement owner) => !owner.TryGetProperty("attributes", out var attributes)
        ? []
        : attributes.EnumerateArray()
            .GroupBy(attribute => attribute.GetProperty("key").GetString()!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Text(group.First().GetProperty("value")), StringComparer.Ordinal);

    private static string Text(JsonElement value) => value.EnumerateObject().First().Value.ToString();
}
