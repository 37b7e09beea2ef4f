namespace Mom.Messaging.Rpc;

/// <summary>The reply to a request whose handler crashed for good. It tells no more than that: the caller may be anybody.</summary>
[Message("mom.failure.v1")]
internal sealed record Failure(string Detail);
