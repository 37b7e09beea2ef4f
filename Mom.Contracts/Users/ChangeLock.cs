using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>
/// Lock a user out, or let them in again; for administrators. A locked user cannot log in, and all their sessions end. Jobs that they have ordered go
/// on. Refused with <see cref="UserErrors.NotFound"/>, or with <see cref="UserErrors.LastAdministrator"/> when nobody would be left who can unlock them.
/// </summary>
/// <param name="Reason">For the audit trail, at most 500 characters; <see langword="null"/> for none.</param>
[Message("user.change-lock.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record ChangeLock(Guid UserId, bool Locked, string? Reason = null) : IRequest<AccessChanged>;
