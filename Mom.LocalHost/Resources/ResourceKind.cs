using System.Text.Json.Serialization;

namespace Mom.LocalHost.Resources;

/// <summary>What a resource is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResourceKind>))]
public enum ResourceKind
{
    /// <summary>Somebody else's program that the services need.</summary>
    [JsonStringEnumMemberName("server")]
    Server,

    /// <summary>A program of this repository.</summary>
    [JsonStringEnumMemberName("service")]
    Service,

    /// <summary>A companion of a server, shown to nobody.</summary>
    [JsonStringEnumMemberName("helper")]
    Helper,
}
