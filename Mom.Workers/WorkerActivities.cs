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

    /// <summary>
    /// Not recorded, until it is disposed: one trace each second would hide all others. What goes on in a trace of its own is recorded all the
    /// same.
    /// </summary>
    public static Activity Unrecorded(string name)
    {
        // Set before the start: else it would be one of the trace that is current here.
        Activity.Current = null;
        var activity = new Activity(name) { ActivityTraceFlags = ActivityTraceFlags.None };
        return activity.SetIdFormat(ActivityIdFormat.W3C).Start();
    }
}
