using System.Text.Json.Serialization;

namespace Mom.Tests.Node;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Work))]
[JsonSerializable(typeof(Ask))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Happened))]
public sealed partial class NodeJsonContext : JsonSerializerContext;
