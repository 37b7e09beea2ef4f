using System.Globalization;

namespace Mom.AppHost.Publishing;

/// <summary>A queue whose length is measured.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="MessagesPerReplica">The number of waiting messages per replica.</param>
internal sealed record QueueLength(string Queue, int MessagesPerReplica)
{
    /// <summary>What KEDA's scaler is told, but for the broker's address.</summary>
    public Dictionary<string, string> Metadata => new(StringComparer.Ordinal)
    {
        ["protocol"] = "amqp",
        ["queueName"] = Queue,
        ["mode"] = "QueueLength",
        ["value"] = MessagesPerReplica.ToString(CultureInfo.InvariantCulture),
    };
}
