using System.Text.Json.Serialization;

namespace Mom.Sessions.Store;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionData))]
internal sealed partial class SessionJsonContext : JsonSerializerContext;
