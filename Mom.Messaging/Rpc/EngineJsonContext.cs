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

/// <summary>The reply to a request whose handler crashed for good. It tells no more than that: the caller may be anybody.</summary>
[Message("mom.failure.v1")]
internal sealed record Failure(string Detail);
