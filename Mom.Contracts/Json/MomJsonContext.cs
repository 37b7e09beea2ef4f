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
public sealed partial class MomJsonContext : JsonSerializerContext;
