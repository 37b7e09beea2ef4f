using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Connections;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using RabbitMQ.Client;

namespace Mom.Tests.Broker.Contract;

// Order and limits per key: docs/order.md.
public abstract partial class EngineContract
{
    [Fact]
    public async Task The_messages_of_a_key_are_handled_one_after_another_in_their_order_and_other_keys_meanwhile()
    {
        var (inFlight, seen, go) = (0, new ConcurrentBag<int>(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _behaviour.OnWork = async (work, context) =>
        {
            _trail.Add($"begins {work.Kind} {work.Number}");
            seen.Add(Interlocked.Increment(ref inFlight));
            await go.Task;
            Interlocked.Decrement(ref inFlight);
            _trail.Add($"ends {work.Kind} {work.Number}");
            Assert.Equal(NodeTopology.Work, context.Queue);
        };
        await using var host = await StartAsync(messaging => AddWorker(messaging, options: options => (options.Concurrency, options.Prefetch) = (4, 50)), NodeTopology.Partitioned);

        foreach (var number in Enumerable.Range(0, 40))
        {
            await KeyedAsync(host, number, $"key {number % 4}", priority: (byte)(1 + (number % 10)));
        }

        // Each key is in flight before any has ended.
        await _trail.ReachesAsync(4);
        go.SetResult();
        await _trail.ReachesAsync(80);
        await host.EndAsync();
        Assert.Equal(4, seen.Max());
        foreach (var key in Enumerable.Range(0, 4))
        {
            Assert.Equal(
                Enumerable.Range(0, 10).SelectMany(number => (string[])[$"begins key {key} {key + (4 * number)}", $"ends key {key} {key + (4 * number)}"]),
                _trail.Steps.Where(step => step.Contains($"key {key}", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_message_of_a_key_that_fails_is_tried_where_it_is_and_the_later_ones_of_its_key_wait_until_it_is_a_dead_letter()
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _behaviour.OnWork = async (work, context) =>
        {
            await sent.Task;
            await Note(work, context);
            if (work.Number == 1)
            {
                throw new InvalidOperationException("told to fail");
            }
        };
        await using var host = await StartAsync(messaging => AddWorker(messaging, options: options => options.Concurrency = 1), NodeTopology.Partitioned);

        await KeyedAsync(host, 1, "a");
        await KeyedAsync(host, 2, "a");
        // Of the same partition, which has one place.
        await KeyedAsync(host, 3, Enumerable.Range(0, 100).Select(number => $"b{number}").First(key => Partition.Of(key, 6) == Partition.Of("a", 6)));
        sent.SetResult();
        await host.PassAsync(TimeSpan.FromSeconds(2));

        var dead = (await host.TakeAsync(Dead, 1))[0];
        await _trail.ReachesAsync(5);
        Assert.Equal(
            ["work 1 attempt 1", "work 1 attempt 2", "work 1 attempt 3", "work 2 attempt 1"],
            _trail.Steps.Where(step => !step.StartsWith("work 3", StringComparison.Ordinal)));
        Assert.InRange(_trail.Steps.ToList().IndexOf("work 3 attempt 1"), 1, 3);
        Assert.Equal(
            ("AttemptsExhausted", "3", "told to fail", "a"),
            (dead.Header(MessageHeaders.DeadReason), dead.Header(MessageHeaders.Attempt), dead.Header(MessageHeaders.ExceptionMessage), dead.Header(MessageHeaders.PartitionKey)));
    }

    [Fact]
    public async Task A_key_keeps_its_order_when_its_consumer_is_lost_and_also_after_a_delay_and_without_a_key()
    {
        var (hangs, begun) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        _behaviour.OnWork = async (work, context) =>
        {
            if (work.Number == 2 && Interlocked.Increment(ref begun) == 1)
            {
                _trail.Add("lost");
                // A handler that does not hear of the end of its session keeps its key.
                await hangs.Task;
                return;
            }

            await Note(work, context);
        };
        await using var host = await StartAsync(messaging => AddWorker(messaging), NodeTopology.Partitioned);
        foreach (var number in Enumerable.Range(1, 5))
        {
            await KeyedAsync(host, number, "a");
        }

        await _trail.ReachesAsync(2);
        await host.Services.GetRequiredService<BrokerConnections>().Consume.Require().CloseAsync(320, "cut by the test", TimeSpan.FromSeconds(1), abort: true, CancellationToken.None);
        hangs.SetResult();
        await _trail.ContainsAsync("work 5 attempt 1");
        // The ack of the first may have been lost with the connection.
        Assert.Equal(["work 1 attempt 1", "lost", "work 2 attempt 1", "work 3 attempt 1", "work 4 attempt 1", "work 5 attempt 1"], _trail.Steps.Distinct());

        await Publisher(host).PublishAsync(new Work(6), new PublishOptions { PartitionKey = "a", Delay = TimeSpan.FromSeconds(1) });
        await Publisher(host).PublishAsync(new Work(7));
        await _trail.ContainsAsync("work 7 attempt 1");
        await host.PassAsync(TimeSpan.FromSeconds(2));
        await _trail.ContainsAsync("work 6 attempt 1");
        await host.EndAsync();
        Assert.Equal(["work 7 attempt 1", "work 6 attempt 1"], _trail.Steps.TakeLast(2));
        Assert.Equal(Partition.Of("a", 6), int.Parse(Assert.Single(await MarksAsync(host)), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_limit_per_key_or_tenant_keeps_the_places_for_others(bool byTenant)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _behaviour.OnWork = async (work, _) =>
        {
            _trail.Add($"{work.Kind} {work.Number}");
            await go.Task;
        };
        await using var host = await WorkerAsync(options: options =>
        {
            (options.Concurrency, options.Prefetch) = (4, 20);
            (options.MaxConcurrentPerKey, options.MaxConcurrentPerTenant) = byTenant ? ((ushort)0, (ushort)2) : ((ushort)2, (ushort)0);
        });

        foreach (var number in Enumerable.Range(0, 6))
        {
            await SendAsync(number, "busy");
        }

        await SendAsync(6, "other");
        await Publisher(host).PublishAsync(new Work(7, "none"));

        // Two of six, although there are four places.
        await _trail.ReachesAsync(4);
        Assert.Equal(["busy 0", "busy 1", "none 7", "other 6"], _trail.Steps.Order());
        go.SetResult();
        await _trail.ReachesAsync(8);

        Task SendAsync(int number, string who) => Publisher(host).PublishAsync(
            new Work(number, who), byTenant ? new PublishOptions { Tenant = who } : new PublishOptions { PartitionKey = who });
    }

    private static Task KeyedAsync(IContractHost host, int number, string key, byte priority = 5) =>
        Publisher(host).PublishAsync(new Work(number, key), new PublishOptions { PartitionKey = key, Priority = priority });

    // The partitions in which a message was begun alone.
    private static async Task<IReadOnlyList<string>> MarksAsync(IContractHost host)
    {
        await using var connection = await host.Services.GetRequiredService<IConnectionFactory>().CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var found = new List<string>();
        foreach (var partition in Enumerable.Range(0, 6))
        {
            if (await channel.MessageCountAsync($"{NodeTopology.Work}.p{partition}.suspect") > 0)
            {
                found.Add($"{partition}");
            }
        }

        return found;
    }
}
