using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mom.Tests.Support;

/// <summary>Receives the spans of services by OTLP over HTTP, in this process: a test counts them without a dashboard.</summary>
internal sealed class SpanReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<TelemetrySpan> _spans = new();

    private SpanReceiver(WebApplication app)
    {
        _app = app;
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            foreach (var span in signal is "traces" ? OtlpTraces.Read(body.ToArray()) : [])
            {
                _spans.Enqueue(span);
            }
        });
    }

    /// <summary>The spans that have arrived, by trace.</summary>
    public ILookup<string, TelemetrySpan> Traces => _spans.ToLookup(span => span.TraceId, StringComparer.Ordinal);

    /// <summary>Environment variables that make a service send its telemetry here.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        // A full buffer drops spans; the default of 5 s would fill it.
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
    };

    public static async Task<SpanReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new SpanReceiver(builder.Build());
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
