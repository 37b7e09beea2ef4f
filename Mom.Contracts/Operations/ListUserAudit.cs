using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>What administrators, and the user, have changed about a user; the latest first.</summary>
/// <param name="Limit">1 to 1,000 entries.</param>
[Message("user.audit.list.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListUserAudit(Guid UserId, int Limit) : IRequest<UserAuditList>;

/// <summary>The answer to <see cref="ListUserAudit"/>.</summary>
[Message("user.audit.list-reply.v1")]
public sealed record UserAuditList(IReadOnlyList<UserAuditEntry> Entries);

/// <summary>One entry of the audit trail.</summary>
/// <param name="By">The e-mail address of the administrator, or of the user.</param>
/// <param name="Action">One of <see cref="UserAuditActions"/>.</param>
/// <param name="Detail">The roles, the reason of a lock, or the id of the job.</param>
public sealed record UserAuditEntry(DateTimeOffset At, string By, string Action, string? Detail);

/// <summary>What can be on record about a user.</summary>
public static class UserAuditActions
{
    public const string RoleChanged = "role-changed";
    public const string PasswordChanged = "password-changed";
    public const string Locked = "locked";
    public const string Unlocked = "unlocked";
    public const string SessionsEnded = "sessions-ended";
    public const string JobCancelled = "job-cancelled";
    public const string JobRetried = "job-retried";
    public const string JobQueuedAnew = "job-queued-anew";
}
