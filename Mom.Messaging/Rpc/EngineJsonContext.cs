using System.Text.Json.Serialization;

namespace Mom.Messaging.Rpc;

/// <summary>JSON of the replies that the engine itself sends.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(Failure))]
internal sealed partial class EngineJsonContext : JsonSerializerContext;

/// <summary>The reply to a request that its handler refused.</summary>
[Message("mom.refusal.v1")]
internal sealed record Refusal(string Code, string Detail);

/// <summary>The reply to a request that its handler could not handle. It tells no more than that: the caller may be anybody.</summary>
/// <param name="Detail">For people.</param>
/// <param name="Kind">Whether to ask again makes sense.</param>
/// <param name="Queue">The work queue of the request, so that a caller who has gone already still learns of an outage.</param>
[Message("mom.failure.v1")]
internal sealed record Failure(string Detail, FailureKind Kind = FailureKind.Failed, string? Queue = null);

/// <summary>What becomes of a request that was not handled at the first attempt.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureKind>))]
internal enum FailureKind
{
    /// <summary>Its handler fails with it, and would again.</summary>
    Failed,

    /// <summary>A server that its handler needs is unavailable. The request is dropped.</summary>
    Unavailable,

    /// <summary>A server that its handler needs is unavailable. The request is held and handled after the outage; no reply will follow.</summary>
    Held,

    /// <summary>Its first attempt failed; the next one follows later, without a reply.</summary>
    Retried,
}
