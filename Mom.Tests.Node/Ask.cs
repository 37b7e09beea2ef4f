using Mom.Messaging;

namespace Mom.Tests.Node;

/// <summary>Something to answer.</summary>
[Message("test.ask.v1", Queue = NodeTopology.Work, Priority = MessagePriority.Rpc)]
public sealed record Ask(int Number, string Kind = "good") : IRequest<Answer>;
