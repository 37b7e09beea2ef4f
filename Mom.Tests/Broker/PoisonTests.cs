using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Messaging.DeadLetters;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using RabbitMQ.Client;

namespace Mom.Tests.Broker;

/// <summary>Messages that harm: each beside ordinary ones, which are handled; each ends in one place, with its bytes; the connections stay.</summary>
[Trait("Group", "broker")]
public sealed class PoisonTests(DataServers servers)
{
    private const int Poison = -1;

    public static TheoryData<string> Kinds =>
        ["large", "nested", "deep", "many", "cc", "type", "key", "correlation", "reply", "body", "null-keys", "x-headers", "expiry"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_poison_message_ends_in_one_place_and_harms_nobody(string kind)
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var handled = new ConcurrentQueue<int>();
        var attempts = 0;
        await using var engine = await EngineAsync(broker, database, work =>
        {
            if (work.Number == Poison)
            {
                Interlocked.Increment(ref attempts);
                throw new InvalidOperationException(new string('x', 2_000));
            }

            handled.Enqueue(work.Number);
            return Task.CompletedTask;
        });
        var (publish, consume) = (engine.Connections.Publish.Require(), engine.Connections.Consume.Require());
        await engine.Publisher.PublishAsync(new Work(1));
        var poison = await PublishPoisonAsync(broker, kind);
        await engine.Publisher.PublishAsync(new Work(2));

        await Eventually.TrueAsync(async () => await database.CountAsync("dead_letters") == 1, $"the {kind} should be a dead letter");
        await engine.Publisher.PublishAsync(new Work(3));
        await Eventually.TrueAsync(() => Task.FromResult(handled.Count == 3), "the ordinary messages should be handled");

        foreach (var queue in NodeTopology.Default.Queues.SelectMany(queue => (string[])[.. queue.WorkQueues, queue.DeadLetterQueue, .. queue.RetryDelays.Select((_, retry) => queue.RetryQueue(retry + 1))]))
        {
            await Eventually.TrueAsync(async () => await broker.CountAsync(queue) == 0, $"{queue} should be empty");
        }

        await Eventually.TrueAsync(() => Task.FromResult(kind is not "cc" || attempts == 6), "both copies should have died");
        await using var context = database.Context();
        var letter = await context.DeadLetters.SingleAsync();
        Assert.Equal(poison.Body, letter.Body);
        // The broker itself has made two of the one with CC, with the same id.
        // And a reply-to that is no reply queue is not even tried.
        Assert.Equal(kind switch { "type" => ("UnknownType", 0), "reply" => ("SenderRefused", 0), "cc" => ("AttemptsExhausted", 6), _ => ("AttemptsExhausted", 3) }, (letter.Reason, attempts));
        Assert.InRange(letter.Deaths, 1, kind is "cc" ? 2 : 1);
        var sent = DeadLetterHeaders.Sent(letter.Headers);
        foreach (var (key, value) in poison.Expected)
        {
            Assert.Equal(value, sent[key] is string text && value is byte[]? Encoding.UTF8.GetBytes(text) : sent[key]);
        }

        Assert.DoesNotContain("CC", sent.Keys);
        Assert.Equal([1, 2, 3], handled.Order());
        Assert.Same(publish, engine.Connections.Publish.Current);
        Assert.Same(consume, engine.Connections.Consume.Current);
    }

    [Fact]
    public async Task A_message_whose_handler_succeeds_may_have_any_headers_and_its_retry_sees_them()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var seen = new TaskCompletionSource<(int Attempt, int Length)>();
        await using var engine = await broker.WorkerAsync(new Behaviour
        {
            OnWork = (_, context) =>
            {
                if (context.Attempt == 1)
                {
                    throw new InvalidOperationException("told to fail");
                }

                seen.TrySetResult((context.Attempt, ((string)context.Headers["large"]!).Length));
                return Task.CompletedTask;
            },
        });
        await PublishPoisonAsync(broker, "large");
        Assert.Equal((2, 200_000), await seen.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task What_cannot_be_written_is_refused_before_it_is_sent_and_the_connection_stays()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.NodeAsync();
        var connection = engine.Connections.Publish.Require();
        var message = new Envelope("test.commands", NodeTopology.Notes, "test.note.v1", Guid.NewGuid(), 3, new byte[] { 1 });

        await Assert.ThrowsAsync<MessageTooLargeException>(() => Publish(message with { Headers = new Dictionary<string, object?> { ["h"] = new string('x', 131_072) } }));
        await Assert.ThrowsAsync<MessageNotEncodableException>(() => Publish(message with { Type = new string('x', 256) }));
        await Assert.ThrowsAsync<MessageNotEncodableException>(() => Publish(message with { Headers = new Dictionary<string, object?> { [new string('x', 256)] = 1 } }));
        await Assert.ThrowsAsync<MessageNotEncodableException>(() => Publish(message with { Headers = new Dictionary<string, object?> { ["h"] = new Uri("http://a") } }));
        // As large as it may be.
        await Publish(message with { Headers = new Dictionary<string, object?> { ["h"] = new string('x', 130_000) } });
        Assert.Same(connection, engine.Connections.Publish.Current);
        engine.AssertNothingInFlight();

        Task Publish(Envelope envelope) => engine.Publisher.PublishAsync(envelope, CancellationToken.None);
    }

    // CC in which the broker finds no list closes the channel with 406, as a body above its limit does.
    [Fact]
    public async Task A_message_that_the_broker_rejects_is_told_from_a_lost_connection_and_those_beside_it_are_confirmed()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker, topology: NodeTopology.Default, publisher: new PublisherOptions { Channels = 1 }, contracts: NodeJsonContext.Default);
        var bad = new Envelope("test.commands", NodeTopology.Notes, "test.note.v1", Guid.NewGuid(), 3, new byte[] { 1 })
        {
            Headers = new Dictionary<string, object?> { ["CC"] = "no list" },
        };
        var good = Enumerable.Range(0, 100).Select(number => engine.Publisher.PublishAsync(new Note(number))).ToList();
        var rejected = engine.Publisher.PublishAsync(bad, CancellationToken.None);
        good.AddRange(Enumerable.Range(100, 100).Select(number => engine.Publisher.PublishAsync(new Note(number))));

        Assert.Contains("PRECONDITION_FAILED", (await Assert.ThrowsAsync<MessageRejectedException>(() => rejected)).Message, StringComparison.Ordinal);
        await Task.WhenAll(good);
        engine.AssertNothingInFlight();
    }

    [Fact]
    public async Task A_letter_that_died_too_often_without_a_person_is_kept_out_of_the_broker()
    {
        await using var broker = await servers.VirtualHostAsync();
        var directory = Directory.CreateTempSubdirectory("mom-quarantine-");
        await using var engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddQuarantine(directory.FullName);
                messaging.Services.AddSingleton(new Behaviour { OnWork = (_, _) => throw new PermanentFailureException("never") });
                messaging.AddConsumer(NodeTopology.Work).Handle<Work, WorkHandler>();
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);
        var id = Guid.NewGuid();
        await PublishAsync(broker, new BasicProperties { Type = "test.work.v1", MessageId = $"{id}", Headers = new Dictionary<string, object?> { [MessageHeaders.Deaths] = 10, ["tenant"] = "a" } }, "{\"number\":-1}"u8.ToArray());

        var path = Path.Combine(directory.FullName, $"test.work-{id}.message");
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(path)), "the dead letter should be in quarantine");
        var kept = Quarantine.Read(path)!;
        Assert.Equal(("{\"number\":-1}", "test.work.v1", "DiedTooOften", "a"), (Encoding.UTF8.GetString(kept.Body.Span), kept.Type, kept.Headers[MessageHeaders.DeadReason], kept.Headers["tenant"]));
        await Eventually.TrueAsync(async () => await broker.CountAsync(NodeTopology.Work) == 0, "the queue should be empty");
        Assert.Equal(0u, await broker.CountAsync("test.work.dead"));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Letters_that_cannot_be_stored_are_kept_in_files_and_those_behind_them_are_stored()
    {
        await using var broker = await servers.VirtualHostAsync();
        var directory = Directory.CreateTempSubdirectory("mom-quarantine-");
        var store = new ChoosyStore();
        await using var engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddQuarantine(directory.FullName);
                messaging.Services.AddSingleton(store);
                messaging.AddDeadLetterStore<ChoosyStore.Adapter>();
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);
        // More than one session holds un-acked.
        for (var number = 0; number < 120; number++)
        {
            await engine.Publisher.PublishAsync(new Envelope("test.commands", "test.work.dead", "bad", Guid.NewGuid(), 3, new byte[] { 1 }), CancellationToken.None);
        }

        await engine.Publisher.PublishAsync(new Envelope("test.commands", "test.work.dead", "good", Guid.NewGuid(), 3, new byte[] { 1 }), CancellationToken.None);
        await Eventually.TrueAsync(() => Task.FromResult(store.Stored.Count == 1), "the good letter should be stored");
        await Eventually.TrueAsync(() => Task.FromResult(directory.GetFiles("*.message").Length == 120), "the bad ones should be kept");
        Assert.Equal(0u, await broker.CountAsync("test.work.dead"));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Letters_that_can_be_kept_nowhere_stay_in_their_queue_and_others_are_stored()
    {
        await using var broker = await servers.VirtualHostAsync();
        var directory = Directory.CreateTempSubdirectory("mom-quarantine-");
        // No directory can be made below a file.
        var obstacle = Path.Combine(directory.FullName, "file");
        await File.WriteAllTextAsync(obstacle, string.Empty);
        var store = new ChoosyStore();
        await using (var engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
                    .AddInMemoryCollection(new Dictionary<string, string?> { ["Messaging:QuarantineDirectory"] = Path.Combine(obstacle, "quarantine") }).Build());
                messaging.Services.AddSingleton(store);
                messaging.Services.AddSingleton<IOutageGate>(new TestGate());
                messaging.AddDeadLetterStore<ChoosyStore.Adapter>();
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default))
        {
            await engine.Publisher.PublishAsync(new Envelope("test.commands", "test.work.dead", "bad", Guid.NewGuid(), 3, new byte[] { 1 }), CancellationToken.None);
            // In a batch and alone, three times, and then once more: by then a file was tried.
            await Eventually.TrueAsync(() => Task.FromResult(store.Refused > 6), "the dead letter should be tried again and again");
            await engine.Publisher.PublishAsync(new Envelope("test.commands", "test.work.dead", "good", Guid.NewGuid(), 3, new byte[] { 1 }), CancellationToken.None);
            await Eventually.TrueAsync(() => Task.FromResult(store.Stored.Count == 1), "the other dead letter should be stored");
        }

        Assert.Equal(1u, await broker.CountAsync("test.work.dead"));
        directory.Delete(recursive: true);
    }

    // What an upgrade from RabbitMQ 3 to 4 leaves: a quorum queue with another limit of deliveries than this system would declare.
    [Fact]
    public async Task A_quorum_queue_with_another_limit_of_deliveries_is_used_as_it_is()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            NodeTopology.Work, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 50 });
        await broker.DeclareAsync(NodeTopology.Quorum);
        await broker.DeclareAsync(NodeTopology.Quorum);
        Assert.Equal(0u, await broker.CountAsync("test.work.dead"));
    }

    private static async Task<EngineHost> EngineAsync(VirtualHost broker, TestDatabase database, Func<Work, Task> handle) => await EngineHost.StartAsync(
        broker,
        messaging =>
        {
            messaging.Services.AddSingleton(new Behaviour { OnWork = (work, _) => handle(work) });
            messaging.AddConsumer(NodeTopology.Work).Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>();
            messaging.WithDeadLetters(database);
        },
        NodeTopology.Default,
        contracts: NodeJsonContext.Default);

    private static async Task<(byte[] Body, Dictionary<string, object?> Expected)> PublishPoisonAsync(VirtualHost broker, string kind)
    {
        var body = Encoding.UTF8.GetBytes(kind is "body" ? $$"""{"number":-1,"more":"{{new string('x', 17_000_000)}}"}""" : """{"number":-1}""");
        var headers = new Dictionary<string, object?>();
        var properties = new BasicProperties { Type = "test.work.v1", MessageId = $"{Guid.NewGuid()}", Headers = headers };
        var expected = new Dictionary<string, object?>();
        switch (kind)
        {
            case "large":
                await broker.PublishByManagementAsync(NodeTopology.Work, "test.work.v1", new Dictionary<string, object> { ["large"] = new string('x', 200_000) }, Encoding.UTF8.GetString(body));
                return (body, new() { ["large"] = new string('x', 200_000) });
            case "nested":
                headers["nested"] = Nested(200);
                break;
            case "deep":
                headers["deep"] = Nested(15_000);
                break;
            case "many":
                foreach (var number in Enumerable.Range(0, 5_000))
                {
                    headers[$"h{number}"] = number;
                }

                expected["h4999"] = 4_999;
                break;
            case "cc":
                headers["CC"] = new List<object?> { NodeTopology.Work, "test.work.suspects" };
                headers["BCC"] = new List<object?> { NodeTopology.Work };
                break;
            case "type" or "correlation" or "reply" or "key":
                await RawPublisher.PublishAsync(broker.Uri, "test.commands", NodeTopology.Work, kind, body);
                return (body, expected);
            case "null-keys":
                headers["a\0"] = expected["a\0"] = 1;
                headers["a\uFFFD"] = expected["a\uFFFD"] = 2;
                break;
            case "x-headers":
                headers["x-tenant"] = expected["x-tenant"] = "a";
                headers["binary"] = expected["binary"] = new byte[] { 0xFF, 0xFE, 0 };
                break;
            case "expiry":
                properties.Expiration = "4294967295";
                properties.Headers["x-delay"] = 5;
                break;
        }

        await PublishAsync(broker, properties, body);
        return (body, expected);
    }

    private static object? Nested(int depth)
    {
        object? value = 1;
        for (var level = 0; level < depth; level++)
        {
            value = new Dictionary<string, object?> { [""] = value };
        }

        return value;
    }

    private static async Task PublishAsync(VirtualHost broker, BasicProperties properties, byte[] body)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync(NodeTopology.Default.CommandExchange, NodeTopology.Work, mandatory: true, properties, body);
    }

    internal sealed class ChoosyStore
    {
        private int _refused;

        public ConcurrentQueue<DeadLetter> Stored { get; } = [];

        public int Refused => Volatile.Read(ref _refused);

        public sealed class Adapter(ChoosyStore store) : IDeadLetterStore
        {
            public Task StoreAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
            {
                if (letters.Any(letter => letter.Message.Type == "bad"))
                {
                    Interlocked.Increment(ref store._refused);
                    throw new InvalidOperationException("told to fail");
                }

                foreach (var letter in letters)
                {
                    store.Stored.Enqueue(letter);
                }

                return Task.CompletedTask;
            }
        }
    }
}
