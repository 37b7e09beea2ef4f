using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>
/// Store the hash of the same password that was made with a harder setting. Without effect when the password is another one by now: the hash
/// that was verified is stored no more.
/// </summary>
/// <param name="VerifiedHash">The hash that the password was verified against.</param>
/// <param name="PasswordHash">Its successor.</param>
[Message("user.rehash-password.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Background)]
public sealed record RehashPassword(Guid UserId, string VerifiedHash, string PasswordHash);
