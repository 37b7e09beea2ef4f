using System.Text.Json.Serialization;
using Mom.Messaging.Rpc;

namespace Mom.Messaging.Contracts;

/// <summary>JSON of the replies that the engine itself sends.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(Failure))]
internal sealed partial class EngineJsonContext : JsonSerializerContext;
