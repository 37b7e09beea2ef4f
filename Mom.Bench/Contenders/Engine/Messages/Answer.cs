using Mom.Messaging;

namespace Mom.Bench.Contenders.Engine.Messages;

/// <summary>The reply, of about 1 KiB.</summary>
[Message("bench.answer.v1")]
internal sealed record Answer(int Number, string Text);
