using System.Text.Json.Serialization;

namespace Mom.Panel.Api;

/// <summary>Source-generated JSON of <see cref="Problem"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJsonContext : JsonSerializerContext;
