using System.Collections.Concurrent;
using Mom.Messaging.Errors;
using Mom.Testing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

/// <summary>A broker that is stopped, or out of memory, under load. Each test leaves it well.</summary>
[Trait("Group", "broker")]
public sealed class BrokerOutageTests(DataServers servers)
{
    [Fact]
    public async Task A_broker_that_is_stopped_for_20_seconds_under_load_loses_nothing_and_everything_comes_back()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (confirmed, handled, changes) = (new ConcurrentDictionary<int, bool>(), new ConcurrentDictionary<int, bool>(), new Changes());
        await using var worker = await broker.WorkerAsync(new Behaviour
        {
            OnWork = (work, _) => { handled[work.Number] = true; changes.Happened(); return Task.CompletedTask; },
            OnAsk = (ask, _) => Task.FromResult(new Answer(ask.Number)),
        });
        await using var sender = await broker.NodeAsync();
        using var end = new CancellationTokenSource();
        var number = 0;
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var mine = Interlocked.Increment(ref number);
                try
                {
                    await sender.Publisher.PublishAsync(new Work(mine));
                    confirmed[mine] = true;
                    await sender.Rpc().RequestAsync(new Ask(mine), new() { Timeout = TimeSpan.FromSeconds(2) });
                }
                catch (MessagingException)
                {
                    // In time, which is what the load going on shows.
                    await Task.Delay(100);
                }
            }
        })).ToList();
        await changes.UntilAsync(() => handled.Count > 500, "messages should be handled before the stop");

        await broker.System.StopAsync(ResourceNames.RabbitMq);
        await Task.Delay(TimeSpan.FromSeconds(20));
        await broker.System.StartAsync(ResourceNames.RabbitMq);
        await broker.System.HealthyAsync(ResourceNames.RabbitMq);

        await worker.ConsumingAsync();
        var before = handled.Count;
        await changes.UntilAsync(() => handled.Count > before + 200, "messages should be handled again");
        await end.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(-1, (await sender.Rpc().RequestAsync(new Ask(-1))).Number);
        await changes.UntilAsync(() => confirmed.Keys.All(handled.ContainsKey), "every confirmed message should be handled");
        Assert.Equal(0u, await broker.CountAsync("test.work.dead"));
    }

    [Fact]
    public async Task While_the_broker_is_out_of_memory_publishers_are_told_in_time_and_consumers_go_on()
    {
        await using var broker = await servers.VirtualHostAsync();
        var handled = new Counter();
        await using var sender = await broker.NodeAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => sender.Publisher.PublishAsync(new Work(number))));
        await RabbitMqCtl.RaiseMemoryAlarmAsync(broker.System);
        try
        {
            // The broker blocks a connection at its first publish after the alarm.
            await Eventually.TrueAsync(
                async () =>
                {
                    try
                    {
                        await sender.Publisher.PublishAsync(new Note(1)).PatientlyAsync("a publisher should be told something");
                        return false;
                    }
                    catch (MessagingException)
                    {
                        return true;
                    }
                },
                "a publisher should be told");
            await using var worker = await broker.WorkerAsync(new Behaviour { OnWork = (_, _) => { handled.Add(); return Task.CompletedTask; } });
            await handled.ReachesAsync(100, "the consumer should go on");
        }
        finally
        {
            await RabbitMqCtl.EndMemoryAlarmAsync(broker.System);
        }

        await sender.UnblockedAsync();
        await sender.Publisher.PublishAsync(new Note(2));
    }

    [Fact]
    public async Task A_process_that_gets_SIGTERM_finishes_what_it_has_begun_and_leaves_the_rest()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var sender = await broker.NodeAsync();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => sender.Publisher.PublishAsync(new Work(number, "slow"))));
        int begun;
        await using (var worker = await NodeProcess.StartAsync(broker, "worker"))
        {
            await worker.SaysAsync("slow");
            worker.Terminate();
            await worker.SaysAsync("stopped");
            await worker.ExitAsync();
            begun = worker.TimesSaid("slow");
        }

        var notes = await broker.CountAsync(NodeTopology.Notes);
        Assert.InRange(notes, 1u, 29u);
        Assert.Equal(begun, (int)notes);
        Assert.Equal(30 - notes, await broker.CountAsync(NodeTopology.Work));
        Assert.Equal(0u, await broker.CountAsync("test.work.suspects") + await broker.CountAsync("test.work.dead"));
    }
}
