using System.Text.Json.Serialization;

namespace Mom.Api.Admin.Queues;

/// <summary>Messages per second.</summary>
internal sealed record ManagementRate([property: JsonPropertyName("rate")] double Rate = 0);
