using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>What the database holds, in figures.</summary>
[Message("overview.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetOverview() : IRequest<Overview>;
