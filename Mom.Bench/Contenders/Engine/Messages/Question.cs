using Mom.Messaging;

namespace Mom.Bench.Contenders.Engine.Messages;

/// <summary>A request of about 1 KiB.</summary>
[Message("bench.question.v1", Queue = EngineHost.Queue, Priority = MessagePriority.Rpc)]
internal sealed record Question(int Number, string Text) : IRequest<Answer>;
