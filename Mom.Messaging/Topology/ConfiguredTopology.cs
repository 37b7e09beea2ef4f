using Microsoft.Extensions.Configuration;

namespace Mom.Messaging.Topology;

/// <summary>A topology with the queue types that are configured in place of its own.</summary>
internal static class ConfiguredTopology
{
    private const string ForAll = "Messaging:QueueType";
    private const string ForOne = "Messaging:QueueTypes";

    /// <exception cref="InvalidOperationException">A value is no queue type.</exception>
    public static BrokerTopology Apply(BrokerTopology topology, IConfiguration? configuration) =>
        configuration is null
            ? topology
            : topology with
            {
                QueueType = Read(configuration, ForAll) ?? topology.QueueType,
                Queues = [.. topology.Queues.Select(queue => queue with { Type = Read(configuration, $"{ForOne}:{queue.Name}") ?? queue.Type })],
            };

    private static QueueType? Read(IConfiguration configuration, string key) => configuration[key] switch
    {
        null or "" => null,
        { } text when Enum.TryParse<QueueType>(text, ignoreCase: true, out var type) && Enum.IsDefined(type) => type,
        { } text => throw new InvalidOperationException($"{key} is '{text}'. Set it to {nameof(QueueType.Classic)} or {nameof(QueueType.Quorum)}."),
    };
}
