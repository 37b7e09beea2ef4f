using Mom.Messaging;

namespace Mom.Bench.Contenders.Engine.Messages;

/// <summary>Work that can wait.</summary>
[Message("bench.chore.v1", Queue = EngineHost.Queue, Priority = MessagePriority.Background)]
internal sealed record Chore(int Number, string Text);
