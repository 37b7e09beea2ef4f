using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>
/// Register a user. Sending it twice with the same <paramref name="UserId"/> makes one user and gives the same answer;
/// another id with an e-mail address that is taken is refused with <see cref="UserErrors.EmailTaken"/>.
/// </summary>
/// <param name="UserId">Chosen by the sender.</param>
/// <param name="PasswordHash">A hash, made by the API: no clear-text password ever enters a message.</param>
[Message("user.create.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record CreateUser(Guid UserId, string FirstName, string LastName, string Email, string PasswordHash) : IRequest<User>;
