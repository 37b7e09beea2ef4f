using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;
using Npgsql;
using NpgsqlTypes;

namespace Mom.Workers.Database.Jobs.Batches;

/// <summary>
/// The statements of a job's way, each for many jobs at once. They are written by hand as they are most of what the database does; everything else goes by
/// EF Core. Columns are named: a statement that is prepared must not change with the table.
/// </summary>
internal static class JobStatements
{
    internal const NpgsqlDbType Uuids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;
    internal const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
    internal const NpgsqlDbType Times = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz;
    private const NpgsqlDbType Integers = NpgsqlDbType.Array | NpgsqlDbType.Integer;

    internal const string Columns =
        "id, user_id, type, status, error, run, trace_id, trace_parent, run_at, reconciliations, reconciled_at, reconcile_reason, version, waiting, created_at, updated_at, priority, unique_key, recurring_id";

    internal const string StepColumns = "job_id, position, method, numbers, result, error, attempts, queued_at, started_at, finished_at, name, after, condition, compensates";

    private const string OfPage = "order by created_at desc, id desc offset $2 limit $3";

    public static NpgsqlBatchCommand Begin() => new("begin");

    /// <summary>What is asked together is of one moment: a job that comes in between pushes none off a page whose operations are read next.</summary>
    public static NpgsqlBatchCommand BeginRead() => new("begin isolation level repeatable read, read only");

    public static NpgsqlBatchCommand Commit() => new("commit");

    /// <summary>Jobs as they are, locked in the order of their ids so that two changes of one job follow each other.</summary>
    public static NpgsqlBatchCommand Lock(Guid[] jobs) => With($"select {Columns} from jobs where id = any ($1) order by id for update", (jobs, Uuids));

    public static NpgsqlBatchCommand Read(Guid[] jobs) => With($"select {Columns} from jobs where id = any ($1)", (jobs, Uuids));

    public static NpgsqlBatchCommand ReadSteps(Guid[] jobs) => With(
        $"select {StepColumns} from job_steps where job_id = any ($1)", (jobs, Uuids));

    /// <summary>Two that make a job with the same id follow each other.</summary>
    /// <param name="jobs">Sorted.</param>
    public static NpgsqlBatchCommand LockIds(Guid[] jobs) => With("select pg_advisory_xact_lock(hashtextextended(id::text, 0)) from unnest($1) as j (id)", (jobs, Uuids));

    /// <summary>See <see cref="Turns.FairTurns"/>.</summary>
    /// <param name="users">Sorted.</param>
    public static NpgsqlBatchCommand LockTurns(Guid[] users) => With(
        "select pg_advisory_xact_lock(hashtextextended('turns of ' || id::text, 0)) from unnest($1) as u (id)", (users, Uuids));

    /// <summary>How many jobs of each user are not done: see <see cref="Turns.UnfinishedJobs"/>.</summary>
    public static NpgsqlBatchCommand CountUnfinished(Guid[] users) => With(
        "select user_id, count(*)::int from jobs where user_id = any ($1) and status in ('Scheduled', 'Queued', 'Running') group by user_id", (users, Uuids));

    /// <summary>How many jobs of each user are under way.</summary>
    public static NpgsqlBatchCommand CountUnderWay(Guid[] users) => With(
        "select user_id, count(*)::int from jobs where user_id = any ($1) and not waiting and status in ('Queued', 'Running') group by user_id", (users, Uuids));

    /// <summary>The jobs whose turn it is, locked, those of the highest priority of each user first, and of these the oldest. One that somebody acts on at this moment is passed over.</summary>
    /// <param name="users">Users of whom jobs have ended.</param>
    /// <param name="own">Of each, how many of <paramref name="known"/> are under way.</param>
    /// <param name="known">Jobs that this transaction has changed: what the database says of them is of before.</param>
    /// <param name="underWay">How many of a user may be under way.</param>
    public static NpgsqlBatchCommand Next(Guid[] users, int[] own, Guid[] known, int underWay) => With(
        $"""
         select next.* from unnest($1, $2) as u (id, own) cross join lateral (
           select {Columns} from jobs
           where user_id = u.id and waiting and status in ('Queued', 'Running') and id <> all ($3)
           order by priority desc, created_at, id
           limit greatest(0, $4 - u.own - (
             select count(*) from jobs as other
             where other.user_id = u.id and not other.waiting and other.status in ('Queued', 'Running') and other.id <> all ($3)))
           for update skip locked) as next
         """,
        (users, Uuids), (own, Integers), (known, Uuids), (underWay, NpgsqlDbType.Integer));

    /// <summary>How many jobs of a user there are, counted up to <see cref="CountLimit.Most"/>.</summary>
    /// <param name="status">Only those in this state; <see langword="null"/> for all.</param>
    public static NpgsqlBatchCommand Count(Guid user, JobStatus? status) => With(
        $"select count(*)::int from (select from jobs where {Of(status)} limit {CountLimit.Most}) as counted", (user, NpgsqlDbType.Uuid));

    /// <summary>A page of the jobs of a user, the newest first.</summary>
    public static NpgsqlBatchCommand Newest(Guid user, JobStatus? status, int skip, int take) => With(
        $"select {Columns} from jobs where {Of(status)} {OfPage}",
        (user, NpgsqlDbType.Uuid), (skip, NpgsqlDbType.Integer), (take, NpgsqlDbType.Integer));

    /// <summary>The operations of such a page.</summary>
    public static NpgsqlBatchCommand StepsOfNewest(Guid user, JobStatus? status, int skip, int take) => With(
        $"select {StepColumns} from job_steps where job_id in (select id from jobs where {Of(status)} {OfPage})",
        (user, NpgsqlDbType.Uuid), (skip, NpgsqlDbType.Integer), (take, NpgsqlDbType.Integer));

    public static NpgsqlBatchCommand Add(IReadOnlyCollection<JobRow> jobs) => With(
        """
        insert into jobs (id, user_id, type, status, run, trace_id, trace_parent, run_at, reconciliations, version, waiting, created_at, updated_at, priority, unique_key)
        select id, user_id, type, status, 1, trace_id, trace_parent, run_at, 0, version, waiting, created_at, created_at, priority, unique_key
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
          as j (id, user_id, type, status, trace_id, trace_parent, run_at, version, waiting, created_at, priority, unique_key)
        """,
        (jobs.Select(job => job.Id).ToArray(), Uuids),
        (jobs.Select(job => job.UserId).ToArray(), Uuids),
        (jobs.Select(job => job.Type).ToArray(), Texts),
        (jobs.Select(job => job.Status.ToString()).ToArray(), Texts),
        (jobs.Select(job => job.TraceId).ToArray(), Texts),
        (jobs.Select(job => job.TraceParent).ToArray(), Texts),
        (jobs.Select(job => job.RunAt).ToArray(), Times),
        (jobs.Select(job => job.Version).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
        (jobs.Select(job => job.Waiting).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean),
        (jobs.Select(job => job.CreatedAt).ToArray(), Times),
        (jobs.Select(job => (short)job.Priority).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint),
        (jobs.Select(job => job.UniqueKey).ToArray(), Texts));

    // A statement for each: lists of different lengths are no array of two dimensions.
    public static NpgsqlBatchCommand Add(JobStepRow step) => With(
        """
        insert into job_steps (job_id, position, method, numbers, attempts, queued_at, name, after, condition, compensates)
        values ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9)
        """,
        (step.JobId, NpgsqlDbType.Uuid), (step.Position, NpgsqlDbType.Integer), (step.Method, NpgsqlDbType.Text), (step.Numbers, Texts),
        (step.QueuedAt ?? (object)DBNull.Value, NpgsqlDbType.TimestampTz), (step.Name ?? (object)DBNull.Value, NpgsqlDbType.Text),
        (step.After ?? (object)DBNull.Value, Texts), (step.Condition ?? (object)DBNull.Value, NpgsqlDbType.Text),
        (step.Compensates ?? (object)DBNull.Value, NpgsqlDbType.Text));

    /// <summary>Writes what may have changed of jobs that are locked.</summary>
    public static NpgsqlBatchCommand Update(IReadOnlyCollection<JobRow> jobs) => With(
        """
        update jobs set status = j.status, error = j.error, version = j.version, waiting = j.waiting, updated_at = j.updated_at
        from unnest($1, $2, $3, $4, $5, $6) as j (id, status, error, version, waiting, updated_at) where jobs.id = j.id
        """,
        (jobs.Select(job => job.Id).ToArray(), Uuids),
        (jobs.Select(job => job.Status.ToString()).ToArray(), Texts),
        (jobs.Select(job => job.Error).ToArray(), Texts),
        (jobs.Select(job => job.Version).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
        (jobs.Select(job => job.Waiting).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean),
        (jobs.Select(job => job.UpdatedAt).ToArray(), Times));

    public static NpgsqlBatchCommand Update(IReadOnlyCollection<JobStepRow> steps) => With(
        """
        update job_steps set result = s.result, error = s.error, attempts = s.attempts, queued_at = s.queued_at, started_at = s.started_at, finished_at = s.finished_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8) as s (job_id, position, result, error, attempts, queued_at, started_at, finished_at)
        where job_steps.job_id = s.job_id and job_steps.position = s.position
        """,
        (steps.Select(step => step.JobId).ToArray(), Uuids),
        (steps.Select(step => step.Position).ToArray(), Integers),
        (steps.Select(step => step.Result).ToArray(), Texts),
        (steps.Select(step => step.Error).ToArray(), Texts),
        (steps.Select(step => step.Attempts).ToArray(), Integers),
        (steps.Select(step => step.QueuedAt).ToArray(), Times),
        (steps.Select(step => step.StartedAt).ToArray(), Times),
        (steps.Select(step => step.FinishedAt).ToArray(), Times));

    public static NpgsqlBatchCommand Add(IReadOnlyCollection<NotificationRow> notifications) => With(
        """
        insert into notifications (id, user_id, kind, text, job_id, created_at)
        select * from unnest($1, $2, $3, $4, $5, $6)
        """,
        (notifications.Select(row => row.Id).ToArray(), Uuids),
        (notifications.Select(row => row.UserId).ToArray(), Uuids),
        (notifications.Select(row => row.Kind).ToArray(), Texts),
        (notifications.Select(row => row.Text).ToArray(), Texts),
        (notifications.Select(row => row.JobId).ToArray(), Uuids),
        (notifications.Select(row => row.CreatedAt).ToArray(), Times));

    /// <summary>Reads a row of <see cref="Lock"/>, <see cref="Read"/> or <see cref="Next"/>.</summary>
    public static JobRow ToJob(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        UserId = row.GetGuid(1),
        Type = row.GetString(2),
        Status = Enum.Parse<JobStatus>(row.GetString(3)),
        Error = Text(row, 4),
        Run = row.GetInt32(5),
        TraceId = Text(row, 6),
        TraceParent = Text(row, 7),
        RunAt = Time(row, 8),
        Reconciliations = row.GetInt32(9),
        ReconciledAt = Time(row, 10),
        ReconcileReason = Text(row, 11),
        Version = row.GetInt64(12),
        Waiting = row.GetBoolean(13),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(14),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(15),
        Priority = (JobPriority)row.GetInt16(16),
        UniqueKey = Text(row, 17),
        RecurringId = row.IsDBNull(18) ? null : row.GetGuid(18),
    };

    /// <summary>Reads a row of <see cref="ReadSteps"/>.</summary>
    public static JobStepRow ToStep(NpgsqlDataReader row) => new()
    {
        JobId = row.GetGuid(0),
        Position = row.GetInt32(1),
        Method = row.GetString(2),
        Numbers = row.GetFieldValue<string[]>(3),
        Result = Text(row, 4),
        Error = Text(row, 5),
        Attempts = row.GetInt32(6),
        QueuedAt = Time(row, 7),
        StartedAt = Time(row, 8),
        FinishedAt = Time(row, 9),
        Name = Text(row, 10),
        After = row.IsDBNull(11) ? null : row.GetFieldValue<string[]>(11),
        Condition = Text(row, 12),
        Compensates = Text(row, 13),
    };

    // A state as a literal: the plan of a statement that is prepared for any state, and for none, reads all jobs of the user.
    private static string Of(JobStatus? status) => status is { } one ? $"user_id = $1 and status = '{one}'" : "user_id = $1";

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    internal static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    internal static NpgsqlBatchCommand With(string sql, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (value, type) in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        }

        return command;
    }
}
