using Mom.Workers.Database.Jobs.Batches;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Workers.Database.Jobs.Keys;

/// <summary>The statements of keys, for many at once. Jobs without a key need none of them.</summary>
internal static class KeyStatements
{
    private const string Named = "(user_id, key) in (select * from unnest($1, $2))";

    /// <summary>Two that order with the same key follow each other.</summary>
    /// <param name="keys">Sorted.</param>
    public static NpgsqlBatchCommand Lock(IReadOnlyCollection<JobKey> keys) =>
        Of(keys, "select pg_advisory_xact_lock(hashtextextended('key of ' || user_id::text || ' ' || key, 0)) from unnest($1, $2) as k (user_id, key)");

    public static NpgsqlBatchCommand Read(IReadOnlyCollection<JobKey> keys) => Of(keys, $"select user_id, key, job_id, until from job_keys where {Named}");

    /// <summary>The jobs that hold keys.</summary>
    public static NpgsqlBatchCommand ReadHolders(IReadOnlyCollection<JobKey> keys) =>
        Of(keys, $"select {JobStatements.Columns} from jobs where id in (select job_id from job_keys where {Named})");

    /// <summary>The operations of the jobs that hold keys.</summary>
    public static NpgsqlBatchCommand ReadStepsOfHolders(IReadOnlyCollection<JobKey> keys) =>
        Of(keys, $"select {JobStatements.StepColumns} from job_steps where job_id in (select job_id from job_keys where {Named})");

    /// <summary>Gives keys to jobs, which are there.</summary>
    public static NpgsqlBatchCommand Give(IReadOnlyCollection<JobKeyRow> keys) => JobStatements.With(
        """
        insert into job_keys (user_id, key, job_id, until) select * from unnest($1, $2, $3, $4)
        on conflict (user_id, key) do update set job_id = excluded.job_id, until = excluded.until
        """,
        (keys.Select(key => key.UserId).ToArray(), JobStatements.Uuids),
        (keys.Select(key => key.Key).ToArray(), JobStatements.Texts),
        (keys.Select(key => key.JobId).ToArray(), JobStatements.Uuids),
        (keys.Select(key => key.Until).ToArray(), JobStatements.Times));

    /// <summary>Reads a row of <see cref="Read"/>.</summary>
    public static JobKeyRow ToKey(NpgsqlDataReader row) => new()
    {
        UserId = row.GetGuid(0),
        Key = row.GetString(1),
        JobId = row.GetGuid(2),
        Until = JobStatements.Time(row, 3),
    };

    private static NpgsqlBatchCommand Of(IReadOnlyCollection<JobKey> keys, string sql) => JobStatements.With(
        sql,
        (keys.Select(key => key.UserId).ToArray(), JobStatements.Uuids),
        (keys.Select(key => key.Key).ToArray(), JobStatements.Texts));
}

/// <summary>A key of a user.</summary>
internal readonly record struct JobKey(Guid UserId, string Key);
