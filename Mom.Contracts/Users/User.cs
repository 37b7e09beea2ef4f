using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>A user, as shown to others: never with a password or its hash.</summary>
[Message("user.v1")]
public sealed record User(Guid Id, string FirstName, string LastName, string Email, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
