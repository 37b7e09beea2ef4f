using Mom.Contracts.Jobs;
using Mom.Messaging;

namespace Mom.Contracts.Recurring;

/// <summary>
/// Begin to make a job again and again. Sending it twice with the same <paramref name="RecurringId"/> has one effect; the same id with something else is
/// refused with <see cref="RecurringErrors.IdempotencyConflict"/>.
/// </summary>
/// <param name="RecurringId">Chosen by the sender.</param>
/// <param name="UserId">Whose jobs they will be.</param>
/// <param name="Job">A body that was found valid.</param>
[Message("recurring.create.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record CreateRecurringJob(Guid RecurringId, Guid UserId, string Name, string Cron, string TimeZone, CreateJobBody Job) : IRequest<RecurringJob>;

/// <summary>Pause a recurring job of a user, or resume it. Doing it again changes nothing; another's is refused with <see cref="RecurringErrors.NotFound"/>.</summary>
/// <param name="Paused">What it shall be.</param>
[Message("recurring.pause.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record PauseRecurringJob(Guid RecurringId, Guid UserId, bool Paused) : IRequest<RecurringJob>;

/// <summary>Delete a recurring job of a user; jobs that it has made stay. One that is not there is refused with <see cref="RecurringErrors.NotFound"/>.</summary>
[Message("recurring.delete.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record DeleteRecurringJob(Guid RecurringId, Guid UserId) : IRequest<RecurringJobDeleted>;

/// <summary>The answer to <see cref="DeleteRecurringJob"/>.</summary>
[Message("recurring.deleted.v1")]
public sealed record RecurringJobDeleted(Guid RecurringId);

/// <summary>The recurring jobs of a user, by name.</summary>
[Message("recurring.list.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListRecurringJobs(Guid UserId) : IRequest<RecurringJobList>;

/// <summary>One recurring job of one user. Refused with <see cref="RecurringErrors.NotFound"/>, also when it is somebody else's.</summary>
[Message("recurring.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetRecurringJob(Guid RecurringId, Guid UserId) : IRequest<RecurringJob>;

/// <summary>The answer to <see cref="ListRecurringJobs"/>.</summary>
[Message("recurring.list-reply.v1")]
public sealed record RecurringJobList(IReadOnlyList<RecurringJob> Jobs);
