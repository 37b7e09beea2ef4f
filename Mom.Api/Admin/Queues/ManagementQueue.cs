using System.Text.Json.Serialization;

namespace Mom.Api.Admin.Queues;

/// <summary>A queue in the answer of the management API's <c>/api/queues/{vhost}</c>; what a new queue does not have yet is 0.</summary>
internal sealed record ManagementQueue(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("messages_ready")] long Ready = 0,
    [property: JsonPropertyName("messages_unacknowledged")] long Unacked = 0,
    [property: JsonPropertyName("messages")] long Messages = 0,
    [property: JsonPropertyName("consumers")] int Consumers = 0,
    [property: JsonPropertyName("message_stats")] ManagementStats? Stats = null);
