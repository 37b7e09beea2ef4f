using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>
/// Give a user another password, which ends their other sessions. Refused with <see cref="UserErrors.NotFound"/>, or with
/// <see cref="UserErrors.PasswordChanged"/> when the password is another one by now than the one that was verified.
/// </summary>
/// <param name="VerifiedHash">The hash that the present password was verified against.</param>
/// <param name="PasswordHash">A hash, made by the API: no clear-text password ever enters a message.</param>
/// <param name="KeptSession">The session that stays: the one that wants it.</param>
[Message("user.change-password.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record ChangePassword(Guid UserId, string VerifiedHash, string PasswordHash, string KeptSession) : IRequest<AccessChanged>;
