using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>All users with their roles, newest first.</summary>
/// <param name="Text">Part of the name or the e-mail address, without regard to case.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 100.</param>
[Message("user.list-all.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListAllUsers(string? Text, int Page, int PageSize) : IRequest<AdminUserPage>;
