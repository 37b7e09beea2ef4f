using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>
/// Start a failed or cancelled job of one user again: a new run of those operations that have no result. Any other is refused with
/// <see cref="JobErrors.WrongState"/>, one that is not there or somebody else's with <see cref="JobErrors.NotFound"/>.
/// </summary>
[Message("job.retry.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record RetryJob(Guid JobId, Guid UserId) : IRequest<Job>;
