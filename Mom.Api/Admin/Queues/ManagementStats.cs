using System.Text.Json.Serialization;

namespace Mom.Api.Admin.Queues;

/// <summary>The rates of a queue, averaged by the broker.</summary>
internal sealed record ManagementStats(
    [property: JsonPropertyName("publish_details")] ManagementRate? Publish = null,
    [property: JsonPropertyName("deliver_get_details")] ManagementRate? Deliver = null,
    [property: JsonPropertyName("ack_details")] ManagementRate? Ack = null);
