using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Testing;
using Mom.Tests.Support;
using Mom.Tests.TelemetryTests;
using RabbitMQ.Client;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class DeadStepTests(MomStack stack)
{
    [Fact]
    public async Task A_step_whose_last_attempt_failed_fails_the_job_and_its_replay_lets_the_job_go_on()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        await system.StopAsync(ResourceNames.MathWorker, StopMode.Kill);
        await system.StopAsync(ResourceNames.MathService, StopMode.Kill);
        var job = await user.CreateJobAsync(JobTrace.TwoOperations);
        await MakeLastAttemptAsync(system);
        await system.StartAsync(ResourceNames.MathWorker);

        var failed = await user.DoneAsync(job.Id);
        Assert.Equal(JobStatus.Failed, failed.Status);
        Assert.Contains("gave no result in 6 attempts", failed.Error, StringComparison.Ordinal);
        await system.StartAsync(ResourceNames.MathService);
        await system.HealthyAsync(ResourceNames.MathService);

        IReadOnlyList<DeadLetter> letters = [];
        await Eventually.TrueAsync(async () => (letters = await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?queue=math.steps&text={job.Id}")).Count == 1, "the step should be a dead letter");
        Assert.Equal(("AttemptsExhausted", 6, (int)JobPriority.Normal.ForMessages()), (letters[0].Reason, letters[0].Attempts, letters[0].Priority));
        await admin.PostAsync<DeadLetterDetail>($"/admin/dead-letters/{letters[0].Id}/replay");

        var done = await user.DoneAsync(job.Id);
        Assert.Equal((JobStatus.Succeeded, 1), (done.Status, done.Run));
        Assert.Equal(["3", "12"], done.Details.Select(detail => detail.Result));
        Assert.Equal(7, done.Details[0].Attempts);
        await IsOneTraceAsync(system, done);
    }

    // What the replay set going again goes on in the trace of the job: the attempt that failed, the one that did not, the next operation.
    private static async Task IsOneTraceAsync(RunningSystem system, Job job)
    {
        using var telemetry = await Telemetry.OfAsync(system);
        var spans = await JobTrace.WholeAsync(telemetry, job.TraceId);
        // And more where the reconciler found the step missing while this test held it.
        Assert.True(spans.Count(span => (span.Service, span.Name) == (ResourceNames.MathWorker, "process math.steps")) >= 3);
    }

    // Five attempts with their delays take minutes.
    private static async Task MakeLastAttemptAsync(RunningSystem system)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMq) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        // The administrator may take it, and the db worker may send it.
        await using var sender = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.DbWorker)) }.CreateConnectionAsync();
        await using var sending = await sender.CreateChannelAsync();
        BasicGetResult? step = null;
        await Eventually.TrueAsync(async () => (step = await channel.BasicGetAsync(MomQueues.MathSteps, autoAck: true)) is not null, "the step should be in its queue");
        var properties = new BasicProperties(step!.BasicProperties) { Headers = new Dictionary<string, object?>(step.BasicProperties.Headers!) { ["mom-attempt"] = 6 } };
        await sending.BasicPublishAsync(MomTopology.CommandExchange, MomQueues.MathSteps, mandatory: true, properties, step.Body);
    }
}
