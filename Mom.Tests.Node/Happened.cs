using Mom.Messaging;

namespace Mom.Tests.Node;

/// <summary>An event.</summary>
[Message("test.happened.v1", Topic = "test.happened")]
public sealed record Happened(int Number);
