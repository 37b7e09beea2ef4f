using System.Net.Http.Json;
using Mom.Contracts.Jobs;
using Mom.MathService.Control;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.TelemetryTests;

[Trait("Group", "aspire")]
public sealed class TraceTests(MomStack stack)
{
    private const string JobId = "mom.job.id";
    private const int Many = 100;
    private const int AtOnce = 8;

    // The math worker calls once more at once before it gives the step to its retry tier.
    private const int CallsOfOneAttempt = 2;
    private static readonly MathSettings AtOnceAnswer = new(TimeSpan.Zero, TimeSpan.Zero);

    [Fact]
    public async Task The_whole_life_of_a_job_is_one_trace()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var telemetry = await Telemetry.OfAsync(system);

        var job = await user.DoneAsync((await user.CreateJobAsync(JobTrace.TwoOperations)).Id);

        var spans = await JobTrace.WholeAsync(telemetry, job.TraceId);
        Assert.DoesNotContain(spans, span => span.Name.Contains("mom.reply.", StringComparison.Ordinal));
        // A statement says what it does.
        Assert.DoesNotContain(spans, span => span.Name is "postgresql");
    }

    [Fact]
    public async Task Each_of_a_hundred_jobs_is_one_trace_of_its_own()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var telemetry = await Telemetry.OfAsync(system);
        await using var behaviour = await MathServiceBehaviour.SetAsync(system.MathService, AtOnceAnswer);

        var jobs = new Job[Many];
        await Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
            jobs[number] = await user.CreateJobAsync(JobTrace.TwoOperations));
        foreach (var job in jobs)
        {
            await user.DoneAsync(job.Id);
            await JobTrace.WholeAsync(telemetry, job.TraceId, amongMany: true);
        }

        Assert.Equal(Many, jobs.Select(job => job.TraceId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_job_that_was_tried_again_is_still_one_trace()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var telemetry = await Telemetry.OfAsync(system);
        await using var behaviour = await MathServiceBehaviour.SetAsync(system.MathService, AtOnceAnswer with { FailNext = CallsOfOneAttempt });

        var job = await user.DoneAsync((await user.CreateJobAsync(JobTrace.TwoOperations)).Id);

        Assert.Equal(JobStatus.Succeeded, job.Status);
        var spans = await JobTrace.WholeAsync(telemetry, job.TraceId);
        // Two operations, and one of them twice.
        Assert.Equal(3, spans.Count(span => (span.Service, span.Name) == (ResourceNames.MathWorker, "process math.steps")));
        Assert.Contains(spans, span => span.Service == ResourceNames.MathWorker && span.Name.StartsWith("publish math.steps.retry.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_id_of_a_job_finds_its_spans_and_its_logs_and_no_others()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var telemetry = await Telemetry.OfAsync(system);
        await using var behaviour = await MathServiceBehaviour.SetAsync(system.MathService, AtOnceAnswer with { FailNext = CallsOfOneAttempt });

        var job = await user.DoneAsync((await user.CreateJobAsync(JobTrace.TwoOperations)).Id);
        var other = await user.DoneAsync((await user.CreateJobAsync(JobTrace.TwoOperations)).Id);
        await JobTrace.WholeAsync(telemetry, job.TraceId);

        var spans = await telemetry.SpansAsync(JobId, $"{job.Id}");
        Assert.Equal([ResourceNames.Api, ResourceNames.DbWorker, ResourceNames.MathWorker, ResourceNames.Socket], spans.Select(span => span.Service).Distinct().Order(StringComparer.Ordinal));
        (string Service, string Text)[] expected =
        [
            (ResourceNames.DbWorker, $"Job {job.Id} is Queued: 0 of 2 operations are done"),
            (ResourceNames.MathWorker, "failed at attempt 1"),
            (ResourceNames.DbWorker, $"Job {job.Id} is Succeeded: 2 of 2 operations are done"),
        ];
        IReadOnlyList<TelemetryLog> logs = [];
        await Eventually.TrueAsync(
            async () =>
            {
                logs = await telemetry.LogsAsync(JobId, $"{job.Id}");
                return Array.TrueForAll(expected, line => logs.Any(log => log.Service == line.Service && log.Text.Contains(line.Text, StringComparison.Ordinal)));
            },
            () => $"the job's beginning, its failed attempt and its end should be found among [{string.Join("; ", logs.Select(log => $"{log.Service}: {log.Text}"))}]");
        Assert.All(logs, log => Assert.Equal(job.TraceId, log.TraceId));
        Assert.NotEqual(job.TraceId, other.TraceId);
    }

    /// <summary>Another behaviour of the shared math service, until it is disposed of.</summary>
    private sealed class MathServiceBehaviour(HttpClient http, MathSettings before) : IAsyncDisposable
    {
        public static async Task<MathServiceBehaviour> SetAsync(string mathService, MathSettings settings)
        {
            var http = new HttpClient { BaseAddress = new Uri(mathService) };
            var before = await http.GetFromJsonAsync<MathSettings>("/settings");
            using var answer = await http.PutAsJsonAsync("/settings", settings);
            answer.EnsureSuccessStatusCode();
            return new MathServiceBehaviour(http, before!);
        }

        public async ValueTask DisposeAsync()
        {
            using var answer = await http.PutAsJsonAsync("/settings", before);
            http.Dispose();
        }
    }
}
