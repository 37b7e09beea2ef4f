using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>
/// Stop a job of one user. Stopping it again changes nothing; one that succeeded or failed is refused with
/// <see cref="JobErrors.WrongState"/>, one that is not there or somebody else's with <see cref="JobErrors.NotFound"/>.
/// </summary>
[Message("job.cancel.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record CancelJob(Guid JobId, Guid UserId) : IRequest<Job>;
