using Mom.Messaging;

namespace Mom.Bench.Contenders.Engine.Messages;

/// <summary>A message of about 1 KiB.</summary>
[Message("bench.parcel.v1", Queue = EngineHost.Queue)]
internal sealed record Parcel(int Number, string Text);
