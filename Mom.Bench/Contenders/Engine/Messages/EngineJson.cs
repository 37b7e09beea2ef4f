using System.Text.Json.Serialization;

namespace Mom.Bench.Contenders.Engine.Messages;

[JsonSerializable(typeof(Parcel))]
[JsonSerializable(typeof(Chore))]
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class EngineJson : JsonSerializerContext;
