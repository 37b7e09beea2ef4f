using System.Diagnostics;

namespace Mom.Workers;

/// <summary>Spans of what the worker does by itself.</summary>
internal static class WorkerActivities
{
    private static readonly ActivitySource Source = new("Mom.Workers");

    /// <summary>Goes on in the trace of <paramref name="traceParent"/> (W3C), or in a new one.</summary>
    public static Activity? Resume(string name, string? traceParent) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent)
            ? Source.StartActivity(name, ActivityKind.Internal, parent)
            : Source.StartActivity(name);
}
