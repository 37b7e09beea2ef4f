using System.Text.Json.Serialization;

namespace Mom.LocalHost.State;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Secrets))]
[JsonSerializable(typeof(ProcessRecord))]
[JsonSerializable(typeof(HostRecord))]
internal sealed partial class StateJson : JsonSerializerContext;
