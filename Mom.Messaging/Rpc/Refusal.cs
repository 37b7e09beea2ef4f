namespace Mom.Messaging.Rpc;

/// <summary>The reply to a request that its handler refused.</summary>
[Message("mom.refusal.v1")]
internal sealed record Refusal(string Code, string Detail);
