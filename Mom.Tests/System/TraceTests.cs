using Mom.LocalHost;
using Mom.LocalHost.Servers;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class TraceTests(MomStack stack)
{
    private const string TwoOperations = """{"type":"math","details":[{"method":"add","numbers":"1,2"},{"method":"multiply","numbers":"3,4"}]}""";

    // Each belongs to the way of a job, from the request to the push.
    private static readonly (string Service, string Name)[] Milestones =
    [
        (ResourceNames.Api, "POST /job/"),
        (ResourceNames.Api, "publish db.commands"),
        (ResourceNames.DbWorker, "process db.commands"),
        (ResourceNames.DbWorker, "postgresql"),
        (ResourceNames.DbWorker, "publish math.steps"),
        (ResourceNames.MathWorker, "process math.steps"),
        (ResourceNames.MathWorker, "GET"),
        (ResourceNames.MathService, "GET /multiply/{numbers?}"),
        (ResourceNames.MathWorker, "publish db.commands"),
        (ResourceNames.Socket, "process socket.notifications"),
    ];

    [Fact]
    public async Task The_whole_life_of_a_job_is_one_trace()
    {
        Assert.SkipWhen(AspireCli.Find(Repository.Root) is null, "The Aspire dashboard is not installed: ./mom installs it from npm.");
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Urls.Api);
        using var telemetry = new Telemetry(system.Urls.Dashboard);

        var job = await user.DoneAsync((await user.CreateJobAsync(TwoOperations)).Id);
        Assert.NotNull(job.TraceId);
        IReadOnlyList<TelemetrySpan> spans = [];
        // The services send their spans a few seconds after they have ended.
        await Eventually.TrueAsync(
            async () =>
            {
                spans = await telemetry.TraceAsync(job.TraceId);
                return Missing(spans).Length == 0 && Orphans(spans).Length == 0;
            },
            () => $"the trace of the job should be whole; it has no [{string.Join(", ", Missing(spans))}], without parent are [{string.Join(", ", Orphans(spans))}] of [{Names(spans)}]");

        Assert.Equal("POST /job/", Assert.Single(spans, span => span.IsRoot).Name);
        Assert.DoesNotContain(spans, span => span.Name.Contains("mom.reply.", StringComparison.Ordinal));
    }

    private static string[] Missing(IReadOnlyList<TelemetrySpan> spans) =>
        [.. Milestones.Where(milestone => !spans.Any(span => (span.Service, span.Name) == milestone)).Select(milestone => $"{milestone.Service}: {milestone.Name}")];

    private static string[] Orphans(IReadOnlyList<TelemetrySpan> spans)
    {
        var ids = spans.Select(span => span.Id).ToHashSet(StringComparer.Ordinal);
        return [.. spans.Where(span => !span.IsRoot && !ids.Contains(span.Parent!)).Select(span => $"{span.Service}: {span.Name}")];
    }

    private static string Names(IReadOnlyList<TelemetrySpan> spans) => string.Join(", ", spans.Select(span => $"{span.Service}: {span.Name}").Distinct());
}
