using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Messaging.Envelopes;
using Mom.Tests.Broker.Support;
using Mom.Tests.Unit.MathService;
using Mom.Workers.Math;
using StackExchange.Redis;

namespace Mom.Tests.Broker;

/// <summary>The math worker's handler with a real math service, without Redis, and with a broker that goes away at the wrong moment.</summary>
[Trait("Group", "broker")]
public sealed class MathStepTests(DataServers servers, RunningMathService math) : IClassFixture<RunningMathService>
{
    [Theory]
    [InlineData("add", "job.step-done.v1")]
    [InlineData("divide", "job.step-failed.v1")]
    public async Task A_last_attempt_whose_outcome_the_broker_did_not_take_has_it_all_the_same_and_is_no_dead_letter(string method, string outcome)
    {
        await using var broker = await servers.VirtualHostAsync();
        EngineHost engine = null!;
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answers = new Answers(async () =>
        {
            // A step may be here before its own confirm is; that one is not to be cut off.
            await sent.Task;
            await engine.CutPublisherAsync();
        });
        await using var redis = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { EndPoints = { "127.0.0.1:1" }, AbortOnConnectFail = false, ConnectTimeout = 100, ConnectRetry = 0 });
        await using var worker = engine = EngineHost.Create(broker, messaging =>
        {
            messaging.Services.AddSingleton<IConnectionMultiplexer>(redis);
            messaging.Services.AddSingleton<CancelledRuns>();
            messaging.Services.AddHttpClient<MathServiceClient>(client => client.BaseAddress = math.Client.BaseAddress).AddHttpMessageHandler(() => answers);
            messaging.AddConsumer(MomQueues.MathSteps).Handle<MathStep, MathStepHandler>();
        });
        await engine.StartAsync();
        await engine.ConnectedAsync();
        // Not the first operation of its job: the report of its begin is none of this.
        var step = JsonSerializer.SerializeToUtf8Bytes(new MathStep(Guid.NewGuid(), 1, method, ["1", "0"]), MomJsonContext.Default.MathStep);
        await engine.Publisher.PublishAsync(
            new Envelope(MomTopology.CommandExchange, MomQueues.MathSteps, "math.step.v1", Guid.NewGuid(), 1, step) { Headers = new Dictionary<string, object?> { [MessageHeaders.Attempt] = 6 } },
            CancellationToken.None);
        sent.SetResult();

        Assert.Equal(outcome, (await broker.TakeAllAsync(MomQueues.DbCommands, 1))[0].BasicProperties.Type);
        await engine.StopAsync();
        Assert.Equal(2, answers.Count);
        Assert.Equal((0u, 0u), (await broker.CountAsync("math.steps.dead"), await broker.CountAsync(MomQueues.MathSteps)));
    }

    // Between the first answer of the service and its settlement.
    private sealed class Answers(Func<Task> first) : DelegatingHandler
    {
        public int Count { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (++Count == 1)
            {
                await first();
            }

            return answer;
        }
    }
}
