using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>Whether what the database holds fits together.</summary>
[Message("ledger.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetLedger() : IRequest<LedgerFacts>;
