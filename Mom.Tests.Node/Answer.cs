using Mom.Messaging;

namespace Mom.Tests.Node;

/// <summary>The answer to <see cref="Ask"/>.</summary>
[Message("test.answer.v1")]
public sealed record Answer(int Number);
