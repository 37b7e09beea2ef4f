using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>All users, newest first.</summary>
/// <param name="Limit">At most so many, 1 to 1,000.</param>
[Message("user.list.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListUsers(int Limit) : IRequest<UserList>;

/// <summary>The answer to <see cref="ListUsers"/>.</summary>
[Message("user.list-reply.v1")]
public sealed record UserList(IReadOnlyList<User> Users);
