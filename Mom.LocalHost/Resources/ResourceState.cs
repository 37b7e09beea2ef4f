using System.Text.Json.Serialization;

namespace Mom.LocalHost.Resources;

/// <summary>How a server or service is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResourceState>))]
public enum ResourceState
{
    /// <summary>Not running, because it was stopped or not started yet.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>The process runs but has not been healthy yet.</summary>
    [JsonStringEnumMemberName("starting")]
    Starting,

    /// <summary>It answers that it can do its work.</summary>
    [JsonStringEnumMemberName("healthy")]
    Healthy,

    /// <summary>It was healthy and is not now, though its process runs.</summary>
    [JsonStringEnumMemberName("unhealthy")]
    Unhealthy,

    /// <summary>Its process ended by itself and will be started again after a while.</summary>
    [JsonStringEnumMemberName("crashed")]
    Crashed,

    /// <summary>Its process ends by itself again and again. It is still started anew, at the longest delay of the back-off.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
