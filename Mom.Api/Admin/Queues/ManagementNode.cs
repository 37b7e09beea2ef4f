using System.Text.Json.Serialization;

namespace Mom.Api.Admin.Queues;

/// <summary>A node in the answer of the management API's <c>/api/nodes</c>. While an alarm is raised, the broker takes no messages.</summary>
internal sealed record ManagementNode(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("mem_alarm")] bool MemoryAlarm = false,
    [property: JsonPropertyName("disk_free_alarm")] bool DiskAlarm = false);
