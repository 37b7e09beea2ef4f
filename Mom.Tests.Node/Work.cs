using Mom.Messaging;

namespace Mom.Tests.Node;

/// <summary>Work of a kind that its handler may know how to fail at.</summary>
[Message("test.work.v1", Queue = NodeTopology.Work, Priority = MessagePriority.Background)]
public sealed record Work(int Number, string Kind = "good");
