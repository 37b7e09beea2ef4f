using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>End all sessions of a user; for administrators. With the password the user can begin another. Refused with <see cref="UserErrors.NotFound"/>.</summary>
[Message("user.end-sessions.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record EndSessions(Guid UserId) : IRequest<AccessChanged>;
