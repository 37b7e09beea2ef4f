using Mom.Messaging;

namespace Mom.Tests.Node;

/// <summary>What a handler leaves behind, on a queue that nobody consumes.</summary>
[Message("test.note.v1", Queue = NodeTopology.Notes)]
public sealed record Note(int Number);
