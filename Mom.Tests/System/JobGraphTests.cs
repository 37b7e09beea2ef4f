using Mom.Contracts.Jobs;
using Mom.Testing;
using Mom.Tests.Support;
using Mom.Tests.TelemetryTests;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class JobGraphTests(MomStack stack)
{
    // A diamond (a to d), six at once whose sum is taken, a failure that is handled (bad, instead), one that is not (boom), and what undoes a and d.
    private const string TwentyOperations =
        """
        {"type":"math","details":[
          {"id":"a","method":"add","numbers":"1,2"},
          {"id":"b","method":"multiply","numbers":"$a,2"},
          {"id":"c","method":"add","numbers":["$a",10]},
          {"id":"d","method":"add","numbers":"$b,$c"},
          {"id":"p1","method":"add","numbers":"1,1"},
          {"id":"p2","method":"add","numbers":"2,2"},
          {"id":"p3","method":"add","numbers":"3,3"},
          {"id":"p4","method":"add","numbers":"4,4"},
          {"id":"p5","method":"add","numbers":"5,5"},
          {"id":"p6","method":"add","numbers":"6,6"},
          {"id":"sum","method":"add","numbers":"$p1,$p2,$p3,$p4,$p5,$p6"},
          {"id":"bad","method":"divide","numbers":"1,0"},
          {"id":"instead","method":"add","numbers":"$sum,1","after":["bad"],"when":"failed"},
          {"id":"good","method":"multiply","numbers":"$sum,$d"},
          {"id":"skipped","method":"add","numbers":"1","after":["bad"]},
          {"id":"boom","method":"divide","numbers":"$good,0","after":["instead"]},
          {"id":"never","method":"add","numbers":"$boom,1"},
          {"id":"un-a","method":"subtract","numbers":"$a,3","compensates":"a"},
          {"id":"un-d","method":"subtract","numbers":"$d,19","compensates":"d"},
          {"id":"un-boom","method":"add","numbers":"1","compensates":"boom"}]}
        """;

    private const int Done = 17;

    [Fact]
    public async Task A_graph_with_a_diamond_a_failing_branch_and_compensations_is_one_trace()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);

        var job = await user.DoneAsync((await user.CreateJobAsync(TwentyOperations)).Id);

        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.StartsWith("Operation 16 (divide): ", job.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["3", "6", "13", "19", "2", "4", "6", "8", "10", "12", "42", null, "43", "798", null, null, null, "0", "0", null],
            job.Details.Select(detail => detail.Result));
        Assert.Equal(["bad", "boom"], job.Details.Where(detail => detail.Error is not null).Select(detail => detail.Id));
        Assert.Equal(["skipped", "never"], job.Details.Where(detail => detail.Skipped).Select(detail => detail.Id));
        var of = job.Details.ToDictionary(detail => detail.Id!, StringComparer.Ordinal);
        // The two sides of the diamond are sent together, and what undoes d has ended before what undoes a is sent.
        Assert.Equal(of["b"].QueuedAt, of["c"].QueuedAt);
        Assert.True(of["un-a"].QueuedAt >= of["un-d"].FinishedAt, "d should be undone before a");

        using var telemetry = await Telemetry.OfAsync(system);
        var operations = 0;
        await Eventually.TrueAsync(
            async () => (operations = (await telemetry.TraceAsync(job.TraceId!)).Count(span => (span.Service, span.Name) == (ResourceNames.MathWorker, "process math.steps"))) >= Done,
            () => $"the trace {job.TraceId} should have {Done} operations, but has {operations}");
        await JobTrace.WholeAsync(telemetry, job.TraceId, amongMany: true);
        Assert.All(
            (await telemetry.SpansAsync("mom.job.id", $"{job.Id}")).Where(span => span.Service == ResourceNames.MathWorker),
            span => Assert.Equal(job.TraceId, span.TraceId));
    }
}
