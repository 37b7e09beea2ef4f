using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>
/// What a user may do has changed: their sessions are to know. The answer to the command that changed it, and a command of its own that follows
/// from the commit, so that the sessions hear of it also when nobody is left who waits for the answer.
/// </summary>
/// <param name="Role">See <see cref="UserRole"/>.</param>
/// <param name="Version">The state of the user, in microseconds since 1970: what is older changes nothing.</param>
/// <param name="EndsSessions">Whether sessions that began with an older state are over.</param>
/// <param name="KeptSession">The session that stays all the same.</param>
[Message("user.access-changed.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Normal)]
public sealed record AccessChanged(Guid UserId, string Role, long Version, bool EndsSessions = false, string? KeptSession = null);
