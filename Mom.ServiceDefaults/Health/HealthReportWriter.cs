using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mom.ServiceDefaults.Health;

/// <summary>
/// Writes a health report as JSON:
/// <code>{"status":"Unhealthy","checks":{"redis":{"status":"Unhealthy","durationMs":12.5,"description":"no connection"}}}</code>
/// </summary>
public static class HealthReportWriter
{
    /// <summary>Writes <paramref name="report"/> to the response; durations are in milliseconds.</summary>
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = MediaTypeNames.Application.Json;
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);

        json.WriteStartObject();
        json.WriteString("status", report.Status.ToString());
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
        {
            json.WriteStartObject(name);
            WriteEntry(json, entry);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, HealthReportEntry entry)
    {
        json.WriteString("status", entry.Status.ToString());
        json.WriteNumber("durationMs", Math.Round(entry.Duration.TotalMilliseconds, 1));

        // For a check that threw, the description is the exception's message, which may hold an address or a user's name.
        if (entry is { Exception: null, Description: { Length: > 0 } description })
            json.WriteString("description", description);
    }
}
