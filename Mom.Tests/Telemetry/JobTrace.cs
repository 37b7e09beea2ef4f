using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.TelemetryTests;

/// <summary>The trace of a job of two operations, <c>add</c> and <c>multiply</c>, as the dashboard shows it.</summary>
internal static class JobTrace
{
    public const string TwoOperations = """{"type":"math","details":[{"method":"add","numbers":"1,2"},{"method":"multiply","numbers":"3,4"}]}""";

    // Where many messages share a transaction, it is in the trace of the first of them.
    private static readonly (string Service, string Name) Shared = (ResourceNames.DbWorker, "INSERT inbox");

    // Each belongs to the way of a job, from the request to the push.
    private static readonly (string Service, string Name)[] Milestones =
    [
        (ResourceNames.Api, "POST /job"),
        (ResourceNames.Api, "publish db.commands.urgent"),
        (ResourceNames.DbWorker, "process db.commands"),
        Shared,
        (ResourceNames.DbWorker, "publish math.steps"),
        (ResourceNames.MathWorker, "process math.steps"),
        (ResourceNames.MathWorker, "GET"),
        (ResourceNames.MathService, "GET /multiply/{numbers?}"),
        (ResourceNames.MathWorker, "publish db.commands"),
        (ResourceNames.Socket, "process socket.notifications"),
    ];

    /// <summary>Waits until the trace is whole: every milestone is in it, and every span but one has its parent in it.</summary>
    /// <param name="amongMany">Whether other jobs were under way at the same time.</param>
    public static async Task<IReadOnlyList<TelemetrySpan>> WholeAsync(Telemetry telemetry, string? traceId, bool amongMany = false)
    {
        Assert.NotNull(traceId);
        IReadOnlyList<TelemetrySpan> spans = [];
        // The services send their spans a second after they have ended.
        await Eventually.TrueAsync(
            async () =>
            {
                spans = await telemetry.TraceAsync(traceId);
                return Flaw(spans, amongMany) is null;
            },
            () => $"the trace {traceId} should be whole; {Flaw(spans, amongMany)}");

        Assert.Equal("POST /job", Assert.Single(spans, span => span.IsRoot).Name);
        return spans;
    }

    /// <summary>What keeps a trace from being whole; <see langword="null"/> when nothing does.</summary>
    public static string? Flaw(IReadOnlyList<TelemetrySpan> spans, bool amongMany = false) => (Missing(spans, amongMany), Orphans(spans)) switch
    {
        ([], []) => null,
        var (missing, orphans) => $"it has no [{string.Join(", ", missing)}], without parent are [{string.Join(", ", orphans)}] of [{Names(spans)}]",
    };

    private static string[] Missing(IReadOnlyList<TelemetrySpan> spans, bool amongMany) =>
        [.. Milestones.Where(milestone => !(amongMany && milestone == Shared) && !spans.Any(span => span.Service == milestone.Service && (span.Name == milestone.Name || span.Name.StartsWith($"{milestone.Name} ", StringComparison.Ordinal)))).Select(milestone => $"{milestone.Service}: {milestone.Name}")];

    private static string[] Orphans(IReadOnlyList<TelemetrySpan> spans)
    {
        var ids = spans.Select(span => span.Id).ToHashSet(StringComparer.Ordinal);
        return [.. spans.Where(span => !span.IsRoot && !ids.Contains(span.Parent!)).Select(span => $"{span.Service}: {span.Name}")];
    }

    private static string Names(IReadOnlyList<TelemetrySpan> spans) => string.Join(", ", spans.Select(span => $"{span.Service}: {span.Name}").Distinct());
}
