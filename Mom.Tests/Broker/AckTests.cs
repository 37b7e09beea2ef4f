using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class AckTests(DataServers servers)
{
    [Fact]
    public async Task What_is_handled_is_acked_also_behind_a_message_that_takes_long_and_none_of_it_comes_again()
    {
        const int messages = 500;
        await using var broker = await servers.VirtualHostAsync();
        await using var sender = await broker.NodeAsync();
        await Task.WhenAll(Enumerable.Range(0, messages).Select(number => sender.Publisher.PublishAsync(new Work(number))));

        var (handled, times, release) = (new Counter(), new ConcurrentDictionary<int, int>(), new TaskCompletionSource());
        await using (var worker = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = async (work, _) =>
                {
                    times.AddOrUpdate(work.Number, 1, (_, before) => before + 1);
                    if (work.Number == 0)
                    {
                        await release.Task;
                    }

                    handled.Add();
                },
            },
            options => (options.Concurrency, options.Prefetch) = (4, 20)))
        {
            // The broker hands out no more than 20 that are not acked: the others get here only when those before them were.
            await handled.ReachesAsync(messages - 1, "all but the message that takes long should have been handled");
            release.SetResult();
            await handled.ReachesAsync(messages, "the message that took long should have been handled");
        }

        Assert.Equal(0u, await broker.CountAsync(NodeTopology.Work));
        Assert.Equal(messages, times.Count);
        Assert.All(times, message => Assert.Equal(1, message.Value));
    }

    // An ack of all up to a tag must not take along a delivery that the client has not handed over yet.
    [Fact]
    public async Task Deliveries_are_taken_in_their_order_however_many_the_connection_factory_would_dispatch_at_a_time()
    {
        const int messages = 500;
        await using var broker = await servers.VirtualHostAsync();
        await using var sender = await broker.NodeAsync();
        for (var number = 0; number < messages; number++)
        {
            await sender.Publisher.PublishAsync(new Work(number));
        }

        var (handled, order) = (new Counter(), new ConcurrentQueue<int>());
        var behaviour = new Behaviour
        {
            OnWork = (work, _) =>
            {
                order.Enqueue(work.Number);
                handled.Add();
                return Task.CompletedTask;
            },
        };
        await using var worker = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                var factory = broker.Factory();
                factory.ConsumerDispatchConcurrency = 16;
                messaging.Services.AddSingleton<IConnectionFactory>(factory).AddSingleton(behaviour);
                messaging.AddConsumer(NodeTopology.Work, options => (options.Concurrency, options.Prefetch) = (1, 200)).Handle<Work, WorkHandler>();
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);

        await handled.ReachesAsync(messages, "all should have been handled");
        Assert.Equal(Enumerable.Range(0, messages), order);
    }
}
