using System.Text.Json.Serialization;
using Mom.LocalHost.Resources;

namespace Mom.LocalHost.Control;

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(SystemStatus))]
[JsonSerializable(typeof(ResourceStatus))]
[JsonSerializable(typeof(ControlError))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ControlJson : JsonSerializerContext;
