using Microsoft.EntityFrameworkCore;
using Mom.Contracts;
using Mom.Contracts.Callers;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.DeadLetters;
using Mom.Workers.Database.Demo;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;
using Mom.Workers.Database.Notifications;
using Mom.Workers.Database.Reconciling;
using Mom.Workers.Database.Recurring;
using Mom.Workers.Database.Users;

namespace Mom.Workers.Database;

/// <summary>The role <c>db</c>: the only holder of the database.</summary>
internal static class DatabaseWorkerExtensions
{
    /// <summary>Messages of one transaction at most. What one waits for that comes just after grows with it, and what a commit costs is shared by 32 well enough.</summary>
    private const ushort Together = 32;

    public static void AddMomDatabase(this IHostApplicationBuilder builder) =>
        builder.AddNpgsqlDbContext<MomDbContext>(
            "momdb",
            settings =>
            {
                // Retries are the engine's: a whole message at a time, never half a handler.
                settings.DisableRetry = true;
                settings.ConnectionString = PostgresSessions.WithLimits(settings.ConnectionString);
            },
            options => options.UseSnakeCaseNamingConvention());

    public static void AddDatabaseWorker(this WebApplicationBuilder builder, MessagingBuilder messaging)
    {
        builder.AddMomDatabase();
        builder.Services.AddSingleton(provider => new CallerVerifier(builder.Configuration[CallerVerifier.Setting], provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddScoped<CurrentCaller>();
        builder.Services.AddJobs();
        builder.Services.AddScoped<RecurringJobs>();
        builder.Services.AddDeadLetters();
        builder.Services.AddSingleton<UserListCache>();
        builder.Services.AddScoped<UserChanges>();
        builder.Services.AddScoped<Administrators>();

        // Hosted services start in this order, each after the one before: nothing is consumed before the schema is there.
        builder.Services.AddHostedService<DatabaseSchema>();
        messaging.AddPostgres<MomDbContext>();
        var checks = builder.ChecksSenders();
        var (api, mathWorker) = (MomUsers.Only(checks, MomUsers.Api), MomUsers.Only(checks, MomUsers.MathWorker));
        messaging.AddConsumer(MomQueues.DbCommands, options => (options.Concurrency, options.Prefetch, options.AllowedSenders) = (4, Together, api))
            .Answer<CreateUser, User, CreateUserHandler>()
            .Answer<ChangePassword, AccessChanged, ChangePasswordHandler>()
            .Handle<RehashPassword, RehashPasswordHandler>()
            .Handle<AccessChanged, AccessChangedHandler>()
            .AnswerBatch<CreateJob, Job, CreateJobHandler>(Together, within: TimeSpan.Zero)
            .Answer<CancelJob, Job, CancelJobHandler>()
            .Answer<RetryJob, Job, RetryJobHandler>()
            .AnswerRecurringCommands()
            .Handle<MarkNotificationsRead, MarkNotificationsReadHandler>()
            .Handle<Poison, PoisonHandler>()
            .Guarded<AdminOnly>(admin => admin
                .Answer<ChangeRole, AccessChanged, ChangeRoleHandler>()
                .Answer<ChangeLock, AccessChanged, ChangeLockHandler>()
                .Answer<EndSessions, AccessChanged, EndSessionsHandler>()
                .Answer<CancelAnyJob, Job, CancelAnyJobHandler>()
                .Answer<RetryAnyJob, Job, RetryAnyJobHandler>()
                .Answer<ReconcileJob, AdminJob, ReconcileJobHandler>()
                .Answer<ReconcileJobs, Reconciliation, ReconcileJobsHandler>()
                .AnswerDeadLetterCommands())
            // The math worker may write to this queue, and may send nothing but these.
            .From(mathWorker)
            .HandleBatch<StepStarted, StepStartedHandler>(Together, within: TimeSpan.Zero)
            .HandleBatch<StepDone, StepDoneHandler>(Together, within: TimeSpan.Zero)
            .HandleBatch<StepFailed, StepFailedHandler>(Together, within: TimeSpan.Zero);
        messaging.AddConsumer(MomQueues.DbQueries, options => (options.Concurrency, options.Prefetch, options.AllowedSenders) = (4, 4, api))
            .Answer<FindCredentials, Credentials, FindCredentialsHandler>()
            .Answer<GetJob, Job, GetJobHandler>()
            .Answer<ListJobs, JobPage, ListJobsHandler>()
            .Answer<GetJobSummary, JobSummary, GetJobSummaryHandler>()
            .AnswerRecurringQueries()
            .Answer<ListNotifications, NotificationList, ListNotificationsHandler>()
            .Guarded<AdminOnly>(admin => admin
                .Answer<ListUsers, UserList, ListUsersHandler>()
                .Answer<GetOverview, Overview, GetOverviewHandler>()
                .Answer<GetLedger, LedgerFacts, GetLedgerHandler>()
                .Answer<ListAllJobs, AdminJobPage, ListAllJobsHandler>()
                .Answer<ListAllUsers, AdminUserPage, ListAllUsersHandler>()
                .Answer<ListUserAudit, UserAuditList, ListUserAuditHandler>()
                .AnswerDeadLetterQueries());
        builder.Services.AddHostedService<JobScheduler>();
        builder.Services.AddHostedService<RecurringScheduler>();
        builder.Services.AddHostedService<WaitingJobs>();
        builder.Services.AddHostedService<Reconciler>();
    }
}
