using System.Text.Json;
using System.Text.Json.Serialization;
using Mom.MathService.Control;

namespace Mom.MathService.Endpoints;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MathAnswer))]
[JsonSerializable(typeof(MathSettings))]
internal sealed partial class MathJson : JsonSerializerContext;
