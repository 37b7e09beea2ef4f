using Mom.Messaging.Envelopes;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;

namespace Mom.Tests.Broker;

/// <summary>A message that kills (SIGKILL) each process that handles it, among others that were only near it.</summary>
[Trait("Group", "broker")]
public sealed class CrashingConsumerTests(DataServers servers)
{
    private const int Poison = -1;

    [Theory]
    [InlineData(QueueType.Classic)]
    [InlineData(QueueType.Quorum)]
    public async Task Only_the_message_that_kills_becomes_a_dead_letter(QueueType type)
    {
        await using var broker = await servers.VirtualHostAsync();
        var topology = type == QueueType.Quorum ? NodeTopology.Quorum : NodeTopology.Default;
        await using var engine = await broker.NodeAsync(topology);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => engine.Publisher.PublishAsync(new Work(number))));
        await engine.Publisher.PublishAsync(new Work(Poison, "kill"));
        await Task.WhenAll(Enumerable.Range(10, 30).Select(number => engine.Publisher.PublishAsync(new Work(number))));

        // One death with others prefetched, one with others being handled, one for each charge that is allowed, and the last.
        var deaths = 0;
        while (await broker.CountAsync("test.work.dead") == 0)
        {
            Assert.True(deaths < 8, $"After {deaths} deaths the message that kills should be a dead letter.");
            await using var worker = await NodeProcess.StartAsync(broker, "worker", type == QueueType.Quorum ? "quorum" : "classic");
            while (!worker.HasExited && await broker.CountAsync("test.work.dead") == 0)
            {
                await Task.Delay(100);
            }

            deaths += worker.HasExited ? 1 : 0;
        }

        var notes = await LastWorkerDoesTheRestAsync(broker, type);
        Assert.Equal(Enumerable.Range(0, 40), notes);
        var dead = Assert.Single(await broker.TakeAllAsync("test.work.dead", 1));
        Assert.Equal(Poison, dead.Number());
        Assert.Equal("CrashedTooOften", dead.Header(MessageHeaders.DeadReason));
        Assert.Equal("6", dead.Header(MessageHeaders.Crashes));
        Assert.Equal(1, dead.BasicProperties.Priority);
        // A worker that dies between the confirm of a dead letter and the ack of its message leaves a second copy, and none of another message.
        var copies = await broker.TakeAllAsync("test.work.dead", (int)await broker.CountAsync("test.work.dead"));
        Assert.All(copies, copy => Assert.Equal(Poison, copy.Number()));
    }

    [Fact]
    public async Task In_a_partition_too_and_the_others_of_its_key_keep_their_order()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.NodeAsync(NodeTopology.Partitioned);
        foreach (var number in Enumerable.Range(0, 10))
        {
            await engine.Publisher.PublishAsync(number == 3 ? new Work(Poison, "kill") : new Work(number), new PublishOptions { PartitionKey = "a" });
            await engine.Publisher.PublishAsync(new Work(10 + number), new PublishOptions { PartitionKey = $"key {number}" });
        }

        // The first death, one for each time that it is begun alone, and the last.
        var deaths = 0;
        while (await broker.CountAsync("test.work.dead") == 0)
        {
            Assert.True(deaths < 8, $"After {deaths} deaths the message that kills should be a dead letter.");
            await using var worker = await NodeProcess.StartAsync(broker, "worker", "partitioned");
            while (!worker.HasExited && await broker.CountAsync("test.work.dead") == 0)
            {
                await Task.Delay(100);
            }

            deaths += worker.HasExited ? 1 : 0;
        }

        await using var last = await NodeProcess.StartAsync(broker, "worker", "partitioned");
        var notes = new List<int>();
        while (notes.Distinct().Count() < 19)
        {
            notes.Add((await broker.TakeAllAsync(NodeTopology.Notes, 1))[0].Number());
        }

        // Each where it was first: an ack may have been lost with its process.
        Assert.Equal([0, 1, 2, 4, 5, 6, 7, 8, 9], notes.Where(number => number < 10).Distinct());
        var dead = Assert.Single(await broker.TakeAllAsync("test.work.dead", 1));
        Assert.Equal((Poison, "CrashedTooOften", "6", "a"), (dead.Number(), dead.Header(MessageHeaders.DeadReason), dead.Header(MessageHeaders.Crashes), dead.Header(MessageHeaders.PartitionKey)));
    }

    private static async Task<IReadOnlyList<int>> LastWorkerDoesTheRestAsync(VirtualHost broker, QueueType type)
    {
        await using var worker = await NodeProcess.StartAsync(broker, "worker", type == QueueType.Quorum ? "quorum" : "classic");
        // Duplicates are allowed: a handler that was killed may have left its note.
        var numbers = new SortedSet<int>();
        while (numbers.Count < 40)
        {
            numbers.Add((await broker.TakeAllAsync(NodeTopology.Notes, 1))[0].Number());
        }

        return [.. numbers];
    }
}
