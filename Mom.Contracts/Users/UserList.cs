using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>The answer to <see cref="ListUsers"/>.</summary>
[Message("user.list-reply.v1")]
public sealed record UserList(IReadOnlyList<User> Users);
