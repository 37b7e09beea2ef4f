using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Contracts.Operations;
using Mom.Testing;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Security;

/// <summary>Messages that no service of this system sends, to every queue, most by the login of the service that may: types, bodies and headers, random and mutated from the samples of the contracts.</summary>
[Trait("Group", "security")]
public sealed class MessageFuzzTests(MomStack stack)
{
    private static readonly string[] Queues = [MomQueues.DbCommands, $"{MomQueues.DbCommands}.urgent", MomQueues.DbQueries, MomQueues.MathSteps, MomQueues.TextSteps, MomQueues.SocketNotifications];

    // Mutated, they could still be valid, and would act on what other tests have left.
    private static readonly string[] Sweeping = ["dead-letter.operation.start.v1", "job.reconcile-all.v1"];

    private static readonly (string Type, byte[] Body)[] Samples =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "Mom.Tests", "Contracts", "Samples"))
            .Select(folder => (Path.GetFileName(folder), File.ReadAllBytes(Path.Combine(folder, "1.json"))))
            .Where(sample => !Sweeping.Contains(sample.Item1, StringComparer.Ordinal)),
    ];

    [Fact]
    public async Task No_message_ends_a_worker_or_holds_up_the_others_and_every_queue_runs_empty()
    {
        var system = await stack.SystemAsync();
        Dictionary<string, IReadOnlyList<int>> processes = new(StringComparer.Ordinal);
        foreach (var service in new[] { ResourceNames.DbWorker, ResourceNames.MathWorker, ResourceNames.Socket, ResourceNames.Api })
        {
            processes[service] = system.ProcessesOf(service);
        }

        using var user = await ApiUser.RegisterAsync(system.Api);
        using var admin = await ApiUser.AdminAsync(system);
        var memory = new ServiceMemory(system, processes.Keys);
        var began = DateTimeOffset.UtcNow;
        var budget = new FuzzBudget();
        await using var connection = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMq) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        // By the logins of those who may send to the queues: what others send is refused unread.
        await using var api = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.Api)) }.CreateConnectionAsync();
        await using var worker = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.DbWorker)) }.CreateConnectionAsync();
        await using var fromApi = await api.CreateChannelAsync();
        await using var fromWorker = await worker.CreateChannelAsync();
        // Nearly each becomes a dead letter, twice.
        while (budget.Next(mostPerSecond: 100))
        {
            var (queue, properties, body) = Message(budget.Random);
            var sender = ForeignMessage.SenderTo(queue);
            properties.UserId = budget.Random.Next(10) == 0 ? null : sender;
            await (sender == MomUsers.Api ? fromApi : fromWorker).BasicPublishAsync(MomTopology.CommandExchange, queue, mandatory: false, properties, body);
        }

        budget.Report($"messages to {Queues.Length} queues");
        // Ordered behind them, and done all the same.
        using var answer = await user.PostAsync("/job", """{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""");
        Assert.True(answer.IsSuccessStatusCode, $"The job should be accepted, but it is {(int)answer.StatusCode}.");
        var job = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id"]!.GetValue<Guid>();
        JobStatus? status = null;
        // With 202 it may come later, behind what has been sent before.
        await Eventually.TrueAsync(
            async () =>
            {
                using var look = await user.Http.GetAsync(new Uri($"/job/{job}", UriKind.Relative));
                status = look.IsSuccessStatusCode ? JsonSerializer.Deserialize(await look.Content.ReadAsStringAsync(), MomJsonContext.Default.Job)!.Status : null;
                return status is JobStatus.Succeeded;
            },
            () => $"the job should succeed, but is {status}");
        await EmptyAsync(channel, budget);
        // None of them holds up those behind it, whatever is done with all.
        await DoneWithAllAsync(admin, "replay", began, budget);
        await EmptyAsync(channel, budget);
        await DoneWithAllAsync(admin, "discard", began, budget);
        Assert.All(processes, service => Assert.Equal(service.Value, system.ProcessesOf(service.Key)));
        memory.AssertBack();
    }

    private static Task EmptyAsync(IChannel channel, FuzzBudget budget) => Eventually.TrueAsync(
        async () =>
        {
            foreach (var queue in Queues.Concat(MomTopology.Default.Queues.Select(queue => queue.DeadLetterQueue)))
            {
                if (await channel.MessageCountAsync(queue) > 0)
                {
                    return false;
                }
            }

            return true;
        },
        () => $"every queue should run empty after {budget.Summary("messages")}");

    private static async Task DoneWithAllAsync(ApiUser admin, string kind, DateTimeOffset began, FuzzBudget budget)
    {
        using var started = await admin.PostAsync(
            "/admin/dead-letters/operations", $$"""{"kind":"{{kind}}","filter":{"from":"{{began:O}}"},"dryRun":false,"perSecond":1000,"reason":"made by a fuzzer"}""");
        Assert.Equal(202, (int)started.StatusCode);
        DeadLetterOperation? operation = null;
        await Eventually.TrueAsync(
            async () => (operation = await admin.GetAsync<DeadLetterOperation>($"{started.Headers.Location}")).FinishedAt is not null,
            () => $"to {kind} the dead letters of {budget.Summary("messages")} should come to an end, but it is at {operation}");
    }

    private static (string Queue, BasicProperties Properties, byte[] Body) Message(Random random)
    {
        var (type, body) = Samples[random.Next(Samples.Length)];
        var properties = new BasicProperties
        {
            Type = random.Next(5) == 0 ? Short(random) : type,
            MessageId = random.Next(5) == 0 ? Short(random) : $"{Guid.NewGuid()}",
            CorrelationId = random.Next(4) == 0 ? Short(random) : null,
            ReplyTo = random.Next(4) == 0 ? Short(random) : null,
            ContentType = random.Next(4) == 0 ? Short(random) : "application/json",
            AppId = random.Next(8) == 0 ? Short(random) : null,
            Priority = (byte)random.Next(11),
            Headers = random.Next(2) == 0 ? Headers(random) : null,
        };
        return (Queues[random.Next(Queues.Length)], properties, random.Next(3) == 0 ? body : Garbage.Mutate(body, random));
    }

    private static Dictionary<string, object?> Headers(Random random)
    {
        string[] known = ["mom-attempt", "mom-deadline", "mom-crashes", "mom-origin-queue", "mom-replay", "mom-postponements", "traceparent", "tracestate", "baggage", "x-death", "CC2", "x"];
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            headers[known[random.Next(known.Length)]] = random.Next(6) switch
            {
                0 => random.NextInt64(long.MinValue, long.MaxValue),
                1 => Garbage.Bytes(random, 200),
                2 => new List<object?> { 1, null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = "b" } },
                3 => random.NextDouble(),
                4 => null,
                _ => Encoding.UTF8.GetBytes(Short(random)),
            };
        }

        return headers;
    }

    // A short string of AMQP has at most 255 bytes.
    private static string Short(Random random)
    {
        var text = Garbage.Text(random);
        return text[..Math.Min(text.Length, 60)];
    }
}
