using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>
/// Give a user another role; for administrators. Refused with <see cref="UserErrors.NotFound"/>, or with <see cref="UserErrors.LastAdministrator"/> when nobody
/// would be left who can give it back.
/// </summary>
/// <param name="Role">See <see cref="UserRole"/>.</param>
[Message("user.change-role.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record ChangeRole(Guid UserId, string Role) : IRequest<AccessChanged>;
