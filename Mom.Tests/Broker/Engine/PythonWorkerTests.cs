using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Contracts.AsyncApi;
using Mom.Messaging.Envelopes;
using Mom.Testing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker.Engine;

/// <summary>A worker in another language does its part by the AsyncAPI document alone.</summary>
[Trait("Group", "broker")]
public sealed class PythonWorkerTests(DataServers servers)
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];

    [Fact]
    public async Task A_worker_in_python_takes_steps_and_its_outcomes_are_understood()
    {
        var python = Interpreter() ?? throw new InvalidOperationException("unreachable");
        await using var broker = await servers.VirtualHostAsync();
        var outcomes = new Outcomes();
        await using var engine = await EngineHost.StartAsync(broker, messaging =>
        {
            messaging.Services.AddSingleton(outcomes);
            messaging.AddConsumer(MomQueues.DbCommands).Handle<StepDone, DoneHandler>().Handle<StepFailed, FailedHandler>();
        });
        using var directory = new TemporaryDirectory();
        var document = Path.Combine(directory.Path, "asyncapi.json");
        await File.WriteAllTextAsync(document, engine.Services.GetRequiredService<AsyncApiDocument>().ToJson("A system", "1", "Its messages"));
        using var worker = Start(python, new Uri(document), broker.Uri);

        var job = Guid.NewGuid();
        await engine.Publisher.PublishAsync(new MathStep(job, 0, "multiply", ["6", "-7", "100000000000000000000"], Run: 3), new() { Tenant = "acme" });
        await engine.Publisher.PublishAsync(new MathStep(job, 1, "divide", ["1", "0"]));
        await PublishUnreadableAsync(broker);

        await outcomes.UntilAsync(2);
        var done = Assert.IsType<StepDone>(outcomes.Of(0).Message);
        Assert.Equal((job, "-4200000000000000000000", 3, 1), (done.JobId, done.Result, done.Run, done.Attempts));
        Assert.Equal("acme", outcomes.Of(0).Context.Tenant);
        Assert.IsType<StepFailed>(outcomes.Of(1).Message);
        var letter = Assert.Single(await broker.TakeAllAsync($"{MomQueues.MathSteps}.dead", 1));
        Assert.Equal("MalformedBody", letter.Header(MessageHeaders.DeadReason));
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken).PatientlyAsync("the worker should end after three messages");
        Assert.True(worker.ExitCode == 0, await worker.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0u, await broker.CountAsync(MomQueues.MathSteps));
    }

    private static Process Start(string python, Uri document, Uri broker)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(Repository.Root, "sandbox", "python", "worker.py"), document.AbsoluteUri, "--count", "3"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__rabbitmq"] = broker.ToString();
        return Process.Start(start)!;
    }

    // The interpreter that has the client: of several that may be there, Debian's package is for its own alone.
    private static string? Interpreter()
    {
        var found = Interpreters.FirstOrDefault(HasClient);
        Assert.SkipWhen(found is null, "There is no python3 with pika: apt-get install python3-pika.");
        return found;

        static bool HasClient(string python)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import pika"]) { UseShellExecute = false, RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }

    private static async Task PublishUnreadableAsync(VirtualHost broker)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync(
            MomTopology.CommandExchange, MomQueues.MathSteps, mandatory: true, new BasicProperties { Type = "math.step.v1", MessageId = $"{Guid.NewGuid()}" }, Encoding.UTF8.GetBytes("""{"step":1}"""));
    }

    private sealed class Outcomes
    {
        private readonly Changes _changes = new();
        private readonly List<(object Message, MessageContext Context)> _all = [];

        public void Add(object message, MessageContext context)
        {
            lock (_all)
            {
                _all.Add((message, context));
            }

            _changes.Happened();
        }

        public (object Message, MessageContext Context) Of(int step)
        {
            lock (_all)
            {
                return _all.Single(outcome => outcome.Message is StepDone done ? done.Step == step : ((StepFailed)outcome.Message).Step == step);
            }
        }

        public Task UntilAsync(int count) => _changes.UntilAsync(() => { lock (_all) { return _all.Count >= count; } }, $"there should be {count} outcomes");
    }

    private sealed class DoneHandler(Outcomes outcomes) : IMessageHandler<StepDone>
    {
        public Task HandleAsync(StepDone message, MessageContext context, CancellationToken cancellationToken)
        {
            outcomes.Add(message, context);
            return Task.CompletedTask;
        }
    }

    private sealed class FailedHandler(Outcomes outcomes) : IMessageHandler<StepFailed>
    {
        public Task HandleAsync(StepFailed message, MessageContext context, CancellationToken cancellationToken)
        {
            outcomes.Add(message, context);
            return Task.CompletedTask;
        }
    }
}
