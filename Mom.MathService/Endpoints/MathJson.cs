using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mom.MathService.Endpoints;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MathAnswer))]
internal sealed partial class MathJson : JsonSerializerContext;
