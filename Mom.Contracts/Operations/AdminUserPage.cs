using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>The answer to <see cref="ListAllUsers"/>.</summary>
/// <param name="Total">How many match on all pages together.</param>
[Message("user.list-all-reply.v1")]
public sealed record AdminUserPage(IReadOnlyList<AdminUser> Users, int Total);
