using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class RetryTests(DataServers servers)
{
    private const int Poison = -1;

    [Fact]
    public async Task A_poison_message_among_1000_good_ones_is_parked_after_its_attempts_and_harms_nobody()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (good, handled) = (new ConcurrentDictionary<int, int>(), new Counter());
        var attempts = new ConcurrentQueue<(int Attempt, byte Priority, TimeSpan At)>();
        var clock = Stopwatch.StartNew();
        var behaviour = new Behaviour
        {
            OnWork = (message, context) =>
            {
                if (message.Number != Poison)
                {
                    good.AddOrUpdate(message.Number, 1, (_, times) => times + 1);
                    handled.Add();
                    return Task.CompletedTask;
                }

                attempts.Enqueue((context.Attempt, context.Priority, clock.Elapsed));
                throw new InvalidOperationException("told to fail");
            },
        };
        await using var engine = await broker.WorkerAsync(behaviour, options => (options.Concurrency, options.Prefetch) = (8, 50));
        await Task.WhenAll(Enumerable.Range(0, 1_001).Select(number =>
            engine.Publisher.PublishAsync(number == 500 ? new Work(Poison) : new Work(number), new() { Priority = 3 })));

        var dead = (await broker.TakeAllAsync("test.work.dead", 1))[0];
        await handled.ReachesAsync(1_000, "every good message should be handled");
        Assert.Equal(1_000, good.Count);
        Assert.All(good.Values, times => Assert.Equal(1, times));
        Assert.Equal([1, 2, 3], attempts.Select(attempt => attempt.Attempt));
        Assert.All(attempts, attempt => Assert.Equal(3, attempt.Priority));
        var times = attempts.Select(attempt => attempt.At).ToList();
        // How much later is a matter of the machine.
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(0.2), $"The second attempt should not come sooner, but came after {times[1] - times[0]}.");
        Assert.True(times[2] - times[1] >= TimeSpan.FromSeconds(0.4), $"The third attempt should not come sooner, but came after {times[2] - times[1]}.");

        Assert.Equal(3, dead.BasicProperties.Priority);
        Assert.Equal("AttemptsExhausted", dead.Header(MessageHeaders.DeadReason));
        Assert.Equal("3", dead.Header(MessageHeaders.Attempt));
        Assert.Equal(typeof(InvalidOperationException).FullName, dead.Header(MessageHeaders.ExceptionType));
        Assert.Contains("told to fail", dead.Header(MessageHeaders.ExceptionStack), StringComparison.Ordinal);
        Assert.Equal(NodeTopology.Work, dead.Header(MessageHeaders.OriginQueue));
        Assert.True(DateTimeOffset.Parse(dead.Header(MessageHeaders.FirstFailedAt)!, null) < DateTimeOffset.Parse(dead.Header(MessageHeaders.LastFailedAt)!, null));
    }

    [Fact]
    public async Task Attempts_are_counted_on_over_a_restart_of_the_process()
    {
        await using var broker = await servers.VirtualHostAsync();
        var first = new TaskCompletionSource();
        await using (var engine = await broker.WorkerAsync(new Behaviour { OnWork = (_, _) => Fail(first) }))
        {
            await engine.Publisher.PublishAsync(new Work(1));
            await first.Task.PatientlyAsync("the first attempt should be made");
            await engine.StopAsync();
        }

        var attempts = new ConcurrentQueue<int>();
        await using var second = await broker.WorkerAsync(new Behaviour
        {
            OnWork = (_, context) =>
            {
                attempts.Enqueue(context.Attempt);
                return Fail(first);
            },
        });
        await broker.TakeAllAsync("test.work.dead", 1);
        Assert.Equal([2, 3], attempts);

        static Task Fail(TaskCompletionSource done)
        {
            done.TrySetResult();
            throw new InvalidOperationException("told to fail");
        }
    }

    // An ack before the confirm of the retry would lose it.
    [Fact]
    public async Task A_message_whose_retry_no_queue_takes_is_not_acked_and_comes_again()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (calls, again) = (0, new TaskCompletionSource());
        await using var engine = await broker.WorkerAsync(new Behaviour
        {
            OnWork = (_, _) =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    throw new InvalidOperationException("told to fail");
                }

                again.TrySetResult();
                return Task.CompletedTask;
            },
        });
        await broker.DeleteQueueAsync(new QueueDefinition(NodeTopology.Work).RetryQueue(1));
        await engine.Publisher.PublishAsync(new Work(1));
        await again.Task.PatientlyAsync("the message should come again");
    }

    [Fact]
    public async Task What_a_handler_publishes_and_does_not_await_is_part_of_its_outcome()
    {
        await using var broker = await servers.VirtualHostAsync();
        var again = new TaskCompletionSource<int>();
        await using var engine = await broker.WorkerAsync(new Behaviour
        {
            OnWork = (work, context) =>
            {
                if (context.Attempt == 1)
                {
                    _ = context.PublishAsync(new Note(work.Number));
                }
                else
                {
                    again.TrySetResult(context.Attempt);
                }

                return Task.CompletedTask;
            },
        });
        await broker.DeleteQueueAsync(NodeTopology.Notes);
        await engine.Publisher.PublishAsync(new Work(1));
        Assert.Equal(2, await again.Task.PatientlyAsync("the message should come again"));
    }

    // Messages still come in by the other connection.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_last_attempt_that_could_not_publish_for_want_of_the_broker_is_made_again_and_costs_nothing(bool awaited)
    {
        await using var broker = await servers.VirtualHostAsync();
        EngineHost engine = null!;
        var attempts = new ConcurrentQueue<int>();
        await using var worker = engine = await broker.WorkerAsync(new Behaviour
        {
            OnWork = async (work, context) =>
            {
                attempts.Enqueue(context.Attempt);
                if (attempts.Count == 1)
                {
                    await engine.CutPublisherAsync();
                }

                var publish = context.PublishAsync(new Note(work.Number));
                await (awaited ? publish : Task.CompletedTask);
            },
        });
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var last = new BasicProperties { Type = "test.work.v1", MessageId = $"{Guid.NewGuid()}", Priority = 3, Headers = new Dictionary<string, object?> { [MessageHeaders.Attempt] = 3 } };
        await channel.BasicPublishAsync(NodeTopology.Default.CommandExchange, NodeTopology.Work, mandatory: true, last, """{"number":7}"""u8.ToArray());

        Assert.Equal(7, (await broker.TakeAllAsync(NodeTopology.Notes, 1))[0].Number());
        await engine.StopAsync();
        Assert.Equal([3, 3], attempts);
        Assert.Equal((0u, 0u), (await broker.CountAsync("test.work.dead"), await broker.CountAsync(NodeTopology.Work)));
    }

    [Theory]
    [InlineData("test.work.v1", "{", "MalformedBody")]
    [InlineData("test.work.v1", "null", "MalformedBody")]
    [InlineData("test.work.v999", "{}", "UnknownType")]
    [InlineData("test.happened.v1", "{}", "UnknownType")]
    [InlineData(null, "{}", "UnknownType")]
    public async Task What_cannot_be_read_or_is_of_no_known_type_is_parked_at_once(string? type, string body, string reason)
    {
        await using var broker = await servers.VirtualHostAsync();
        var (handled, calls) = (new ConcurrentQueue<int>(), new Counter());
        await using var engine = await broker.WorkerAsync(new Behaviour { OnWork = (work, _) => { handled.Enqueue(work.Number); calls.Add(); return Task.CompletedTask; } });
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var properties = new BasicProperties { Type = type, MessageId = Guid.NewGuid().ToString(), Priority = 3 };
        await channel.BasicPublishAsync(NodeTopology.Default.CommandExchange, NodeTopology.Work, mandatory: true, properties, Encoding.UTF8.GetBytes(body));

        var dead = (await broker.TakeAllAsync("test.work.dead", 1))[0];
        Assert.Equal((reason, "1"), (dead.Header(MessageHeaders.DeadReason), dead.Header(MessageHeaders.Attempt)));
        Assert.Equal((body, 3), (Encoding.UTF8.GetString(dead.Body.Span), dead.BasicProperties.Priority));
        Assert.Equal(NodeTopology.Work, dead.Header(MessageHeaders.OriginQueue));

        await engine.Publisher.PublishAsync(new Work(1));
        await calls.ReachesAsync(1, "the next message should be handled");
        Assert.Equal([1], handled);
    }

    [Fact]
    public async Task A_permanent_failure_is_parked_at_once()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.WorkerAsync(new Behaviour { OnWork = (_, _) => throw new PermanentFailureException("never") });
        await engine.Publisher.PublishAsync(new Work(1));
        var dead = (await broker.TakeAllAsync("test.work.dead", 1))[0];
        Assert.Equal("PermanentFailure", dead.Header(MessageHeaders.DeadReason));
        Assert.Equal("1", dead.Header(MessageHeaders.Attempt));
    }
}
