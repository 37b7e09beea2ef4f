using Mom.Contracts.Users;
using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>All users with their roles, newest first.</summary>
/// <param name="Text">Part of the name or the e-mail address, without regard to case.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 100.</param>
[Message("user.list-all.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListAllUsers(string? Text, int Page, int PageSize) : IRequest<AdminUserPage>;

/// <summary>The answer to <see cref="ListAllUsers"/>.</summary>
/// <param name="Total">How many match on all pages together.</param>
[Message("user.list-all-reply.v1")]
public sealed record AdminUserPage(IReadOnlyList<AdminUser> Users, int Total);

/// <summary>A user as administrators see them.</summary>
/// <param name="Role">See <see cref="UserRole"/>.</param>
/// <param name="Jobs">How many jobs they have ordered.</param>
/// <param name="LockedAt">Since when they are locked; <see langword="null"/> when they are not.</param>
public sealed record AdminUser(User User, string Role, int Jobs, DateTimeOffset? LockedAt = null);
