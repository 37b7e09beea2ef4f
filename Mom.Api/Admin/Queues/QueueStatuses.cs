using Mom.Api.Admin.Workers;
using Mom.Contracts.Operations;
using Mom.Messaging.Topology;

namespace Mom.Api.Admin.Queues;

/// <summary>The work queues of the topology, each with all that belongs to it.</summary>
internal sealed class QueueStatuses(IServiceProvider services, BrokerTopology topology, PausedQueues paused)
{
    /// <exception cref="ManagementUnavailableException">The broker cannot be asked.</exception>
    public async Task<IReadOnlyList<QueueStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var queues = await services.GetRequiredService<ManagementClient>().ListQueuesAsync(cancellationToken);
        var pausedOnes = await paused.ListAsync();
        return [.. topology.Queues.Select(definition => Describe(definition, queues, pausedOnes.Contains(definition.Name)))];
    }

    /// <summary>The alarms during which the broker takes no messages; <see langword="null"/> when they are unknown.</summary>
    public async Task<IReadOnlyList<string>?> ListAlarmsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var nodes = await services.GetRequiredService<ManagementClient>().ListNodesAsync(cancellationToken);
            return [.. nodes.SelectMany(Alarms)];
        }
        catch (ManagementUnavailableException)
        {
            // The list of queues says so; a user without the tag of monitoring sees no alarms.
            return null;
        }
    }

    internal static IEnumerable<string> Alarms(ManagementNode node)
    {
        if (node.MemoryAlarm)
        {
            yield return $"{node.Name} is short of memory and takes no messages.";
        }

        if (node.DiskAlarm)
        {
            yield return $"{node.Name} is short of disk space and takes no messages.";
        }
    }

    // Each process consumes each partition.
    private static ManagementQueue Together(string name, IReadOnlyList<ManagementQueue> partitions) => new(
        name,
        partitions.Sum(partition => partition.Ready),
        partitions.Sum(partition => partition.Unacked),
        partitions.Sum(partition => partition.Messages),
        partitions.Max(partition => partition.Consumers),
        new ManagementStats(
            new ManagementRate(partitions.Sum(partition => partition.Stats?.Publish?.Rate ?? 0)),
            new ManagementRate(partitions.Sum(partition => partition.Stats?.Deliver?.Rate ?? 0)),
            new ManagementRate(partitions.Sum(partition => partition.Stats?.Ack?.Rate ?? 0))));

    internal static QueueStatus Describe(QueueDefinition definition, IReadOnlyList<ManagementQueue> queues, bool paused)
    {
        var own = definition.IsPartitioned ? Together(definition.Name, [.. definition.PartitionQueues.Select(Find)]) : Find(definition.Name);
        var tiers = definition.RetryQueues.Select(Depth).ToList();
        var known = tiers.Select(tier => tier.Name).Append(definition.DeadLetterQueue).ToHashSet(StringComparer.Ordinal);
        return new QueueStatus(
            definition.Name,
            own.Ready,
            own.Unacked,
            own.Consumers,
            own.Stats?.Publish?.Rate ?? 0,
            own.Stats?.Deliver?.Rate ?? 0,
            own.Stats?.Ack?.Rate ?? 0,
            tiers.Sum(tier => tier.Messages),
            tiers,
            [.. queues.Where(queue => queue.Name.StartsWith($"{definition.Name}.", StringComparison.Ordinal) && !known.Contains(queue.Name)).Select(queue => Depth(queue.Name))],
            Find(definition.DeadLetterQueue).Messages,
            paused);

        ManagementQueue Find(string name) => queues.FirstOrDefault(queue => string.Equals(queue.Name, name, StringComparison.Ordinal)) ?? new ManagementQueue(name);

        QueueDepth Depth(string name)
        {
            var queue = Find(name);
            return new QueueDepth(name, queue.Messages, queue.Stats?.Publish?.Rate ?? 0, queue.Stats?.Deliver?.Rate ?? 0);
        }
    }
}
