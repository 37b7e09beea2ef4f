using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Mom.ServiceDefaults.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Mom.Tests.Unit.ServiceDefaults;

[Trait("Group", "unit")]
public sealed class TraceRootsTests : IDisposable
{
    private readonly ActivitySource _source = new("Mom.Tests.TraceRoots");
    private readonly List<Activity> _exported = [];
    private readonly TracerProvider _tracing;

    public TraceRootsTests() => _tracing = Sdk.CreateTracerProviderBuilder()
        .AddSource(_source.Name)
        .SetSampler(new ParentBasedSampler(new AlwaysOnSampler()))
        .AddProcessor(new TraceRoots())
        .AddProcessor(new SimpleActivityExportProcessor(new Exported(_exported)))
        .Build();

    public void Dispose()
    {
        _tracing.Dispose();
        _source.Dispose();
    }

    [Theory]
    [InlineData(ActivityKind.Server)]
    [InlineData(ActivityKind.Producer)]
    [InlineData(ActivityKind.Consumer)]
    [InlineData(ActivityKind.Internal)]
    public void Requests_messages_and_own_spans_begin_a_trace_and_calls_below_them_are_in_it(ActivityKind kind)
    {
        using (_source.StartActivity("root", kind))
            _source.StartActivity("call", ActivityKind.Client)!.Dispose();

        Assert.Equal(["call", "root"], _exported.Select(span => span.DisplayName));
        Assert.Single(_exported.Select(span => span.TraceId).Distinct());
    }

    [Fact]
    public void A_call_that_a_service_makes_by_itself_begins_no_trace_and_the_callee_is_told_so()
    {
        using (var call = _source.StartActivity("call", ActivityKind.Client))
        {
            Assert.EndsWith("-00", call!.Id, StringComparison.Ordinal);
            using var callee = _source.StartActivity("request", ActivityKind.Server, new ActivityContext(call.TraceId, call.SpanId, call.ActivityTraceFlags, isRemote: true));
            Assert.False(callee!.Recorded);
        }

        Assert.Empty(_exported);
    }

    [Theory]
    [InlineData("GET", "/app.cy8rp70pmz.css", true)]
    [InlineData("GET", "/_content/MudBlazor/MudBlazor.min.js", true)]
    [InlineData("GET", "/.well-known/appspecific/com.chrome.devtools.json", true)]
    [InlineData("POST", "/app.css", false)]
    [InlineData("GET", "/", false)]
    [InlineData("GET", "/job/my", false)]
    [InlineData("GET", "/add/1,2.5", false)]
    [InlineData("GET", "/add/2.5e3", false)]
    [InlineData("GET", "/job.", false)]
    public void A_file_is_known_by_its_extension(string method, string path, bool expected) =>
        Assert.Equal(expected, TraceRoots.IsFile(new DefaultHttpContext { Request = { Method = method, Path = path } }.Request));

    private sealed class Exported(List<Activity> spans) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
                spans.Add(span);
            return ExportResult.Success;
        }
    }
}
