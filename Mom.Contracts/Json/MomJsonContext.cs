using System.Text.Json.Serialization;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Contracts.Operations;
using Mom.Contracts.Users;

namespace Mom.Contracts.Json;

/// <summary>
/// Source-generated JSON of every message and every HTTP body: camel case, nulls written, unknown fields tolerated, a field
/// that the contract requires must be there. So a field that is added later must be optional.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(CreateUser))]
[JsonSerializable(typeof(FindCredentials))]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(ListUsers))]
[JsonSerializable(typeof(UserList))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(IReadOnlyList<User>))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(ChangeRole))]
[JsonSerializable(typeof(ChangePassword))]
[JsonSerializable(typeof(RehashPassword))]
[JsonSerializable(typeof(AccessChanged))]
[JsonSerializable(typeof(ChangePasswordBody))]
[JsonSerializable(typeof(RoleBody))]
[JsonSerializable(typeof(IReadOnlyList<SessionSummary>))]
[JsonSerializable(typeof(EndedSessions))]
[JsonSerializable(typeof(CreateJob))]
[JsonSerializable(typeof(CancelJob))]
[JsonSerializable(typeof(RetryJob))]
[JsonSerializable(typeof(ReconcileJob))]
[JsonSerializable(typeof(ReconcileJobs))]
[JsonSerializable(typeof(Reconciliation))]
[JsonSerializable(typeof(AdminJob))]
[JsonSerializable(typeof(GetJob))]
[JsonSerializable(typeof(ListJobs))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(IReadOnlyList<Job>))]
[JsonSerializable(typeof(MathStep))]
[JsonSerializable(typeof(StepStarted))]
[JsonSerializable(typeof(StepDone))]
[JsonSerializable(typeof(StepFailed))]
[JsonSerializable(typeof(JobChanged))]
[JsonSerializable(typeof(CreateJobBody))]
[JsonSerializable(typeof(ListNotifications))]
[JsonSerializable(typeof(NotificationList))]
[JsonSerializable(typeof(NotificationAdded))]
[JsonSerializable(typeof(MarkNotificationsRead))]
[JsonSerializable(typeof(MarkReadBody))]
[JsonSerializable(typeof(IReadOnlyList<Notification>))]
[JsonSerializable(typeof(DeadLetterFilter))]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(DeadLetterDetail))]
[JsonSerializable(typeof(ListDeadLetters))]
[JsonSerializable(typeof(GetDeadLetter))]
[JsonSerializable(typeof(ReplayDeadLetter))]
[JsonSerializable(typeof(EditDeadLetter))]
[JsonSerializable(typeof(DiscardDeadLetter))]
[JsonSerializable(typeof(StartDeadLetterOperation))]
[JsonSerializable(typeof(GetDeadLetterOperation))]
[JsonSerializable(typeof(ListDeadLetterOperations))]
[JsonSerializable(typeof(DeadLetterOperationList))]
[JsonSerializable(typeof(DeadLetterOperation))]
[JsonSerializable(typeof(GetOverview))]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(GetLedger))]
[JsonSerializable(typeof(LedgerFacts))]
[JsonSerializable(typeof(SystemLedger))]
[JsonSerializable(typeof(ListAllJobs))]
[JsonSerializable(typeof(AdminJobPage))]
[JsonSerializable(typeof(ListAllUsers))]
[JsonSerializable(typeof(AdminUserPage))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetter>))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetterOperation>))]
[JsonSerializable(typeof(IReadOnlyList<AdminJob>))]
[JsonSerializable(typeof(IReadOnlyList<AdminUser>))]
[JsonSerializable(typeof(WorkerStatus))]
[JsonSerializable(typeof(IReadOnlyList<WorkerStatus>))]
[JsonSerializable(typeof(IReadOnlyList<QueueStatus>))]
[JsonSerializable(typeof(SystemOverview))]
[JsonSerializable(typeof(DiscardBody))]
[JsonSerializable(typeof(EditBody))]
[JsonSerializable(typeof(DeadLetterOperationBody))]
public sealed partial class MomJsonContext : JsonSerializerContext;
