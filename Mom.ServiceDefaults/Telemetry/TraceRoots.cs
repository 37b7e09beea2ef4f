using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;

namespace Mom.ServiceDefaults.Telemetry;

/// <summary>Decides what begins a trace: a request from outside, an action of a person, and a message. Nothing else does.</summary>
/// <remarks>
/// <para>
/// A request begins one unless it is a probe, a file, or on a quiet path of the service (<c>AddQuietPaths</c>). A call that a service makes
/// by itself (SQL, Redis, HTTP: spans of kind client) begins none: such calls are loops, migrations and refreshes. Spans of kind producer and
/// consumer are messages, and internal spans are this system's own, which a service begins on purpose.
/// </para>
/// <para>
/// A root that is not wanted is marked as not recorded rather than suppressed. The mark is the W3C <c>sampled</c> flag
/// (https://www.w3.org/TR/trace-context/#sampled-flag), which goes with each call and message, so that nothing below it is recorded in
/// any service. A span with a parent is never looked at: its root has decided.
/// </para>
/// <para>
/// It is a processor and no sampler: a sampler in code would take the place of the one that <c>OTEL_TRACES_SAMPLER</c> names.
/// </para>
/// </remarks>
internal sealed class TraceRoots : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnStart(Activity data)
    {
        if (data.ParentSpanId != default || data.Kind is not ActivityKind.Client)
            return;

        data.IsAllDataRequested = false;
        data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    /// <summary>Whether a request is for a file, such as a script of a page. A last number, as of <c>/add/1,2.5</c>, is no file name.</summary>
    public static bool IsFile(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && Path.GetExtension(request.Path.Value) is ['.', var first, ..] && char.IsAsciiLetter(first);
}
