using Microsoft.Extensions.Configuration;

namespace Mom.Messaging.Topology;

/// <summary>A topology with the queue types and the mode that are configured in place of its own.</summary>
internal static class ConfiguredTopology
{
    private const string ForAll = "Messaging:QueueType";
    private const string ForOne = "Messaging:QueueTypes";
    private const string ModeKey = "Messaging:Topology";

    /// <exception cref="InvalidOperationException">A value is no queue type, or no mode.</exception>
    public static BrokerTopology Apply(BrokerTopology topology, IConfiguration? configuration) =>
        configuration is null
            ? topology
            : topology with
            {
                QueueType = Read<QueueType>(configuration, ForAll) ?? topology.QueueType,
                Mode = Read<TopologyMode>(configuration, ModeKey) ?? topology.Mode,
                Queues = [.. topology.Queues.Select(queue => queue with { Type = Read<QueueType>(configuration, $"{ForOne}:{queue.Name}") ?? queue.Type })],
            };

    private static T? Read<T>(IConfiguration configuration, string key)
        where T : struct, Enum => configuration[key] switch
        {
            null or "" => null,
            { } text when Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) => value,
            { } text => throw new InvalidOperationException($"{key} is '{text}'. Set it to {string.Join(" or ", Enum.GetNames<T>())}."),
        };
}
