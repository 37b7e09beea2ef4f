using Mom.Messaging.Outbox;
using Npgsql;
using NpgsqlTypes;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>What a relay says to Postgres for each batch, in two round trips: begin and claim, delete and commit.</summary>
internal static class OutboxCommands
{
    /// <summary>
    /// The outbox is empty most of the time, so the planner has no statistics of it when a burst comes, and would sort the whole backlog for every batch, or
    /// read all of it for a join. Without that it reads the indexes in order, and stops when the batch is full. What it then believes that this costs is no
    /// reason to compile the query.
    /// </summary>
    public const string Plans =
        """
        select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
               set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)
        """;

    // The relay that holds the lock on the oldest row of a key has the key: while that row is locked, waits for its next attempt or is dead, so do those
    // after it. They are locked too, and end before a dead one, for the case that a row with a lower id is committed later.
    private const string ClaimRows =
        """
        with recursive destinations as (
          (select exchange, routing_key from outbox where dead_at is null order by exchange, routing_key limit 1)
          union all
          select next.exchange, next.routing_key from destinations as d cross join lateral (
            select o.exchange, o.routing_key from outbox as o
            where o.dead_at is null and (o.exchange, o.routing_key) > (d.exchange, d.routing_key)
            order by o.exchange, o.routing_key limit 1) as next),
        wanted as (
          select exchange, routing_key from destinations
          where (exchange, routing_key) not in (select * from unnest($4, $5))
            and (cardinality($7) = 0 or (exchange, routing_key) in (select * from unnest($6, $7)))
          order by random()),
        heads as materialized (
          select head.key, head.id from wanted cross join lateral (
            select o.key, o.id from outbox as o
            where o.dead_at is null and o.exchange = wanted.exchange and o.routing_key = wanted.routing_key and o.next_attempt_at <= $1
              and not exists (select 1 from outbox as earlier where earlier.key = o.key and earlier.id < o.id)
            order by o.next_attempt_at, o.id
            limit $2
            for update skip locked) as head
          limit $2)
        select claimed.* from heads cross join lateral (
          select id, key, message_id, exchange, routing_key, type, priority, mandatory, body, headers, correlation_id, trace_parent, created_at, attempts
          from outbox as o
          where o.key = heads.key and o.id >= heads.id
            and not exists (select 1 from outbox as dead where dead.key = o.key and dead.dead_at is not null and dead.id <= o.id)
          order by o.id
          limit $3
          for update skip locked) as claimed
        """;

    /// <summary>The second result are the rows, for <see cref="ToRow"/>.</summary>
    public static NpgsqlBatch Claim(NpgsqlConnection connection, OutboxClaim claim, DateTimeOffset now)
    {
        var (exceptExchanges, exceptKeys) = Columns(claim.Except);
        var (onlyExchanges, onlyKeys) = Columns(claim.Only is { } only ? [only] : []);
        return new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("begin"),
                new NpgsqlBatchCommand(Plans),
                new NpgsqlBatchCommand(ClaimRows)
                {
                    Parameters =
                    {
                        Of(now, NpgsqlDbType.TimestampTz), Of(claim.Keys, NpgsqlDbType.Integer), Of(claim.MessagesPerKey, NpgsqlDbType.Integer),
                        Of(exceptExchanges, NpgsqlDbType.Array | NpgsqlDbType.Text), Of(exceptKeys, NpgsqlDbType.Array | NpgsqlDbType.Text),
                        Of(onlyExchanges, NpgsqlDbType.Array | NpgsqlDbType.Text), Of(onlyKeys, NpgsqlDbType.Array | NpgsqlDbType.Text),
                    },
                },
            },
        };
    }

    /// <summary>Deletes what was sent, notes what was not, commits, and says whether anything is left that is not dead.</summary>
    public static NpgsqlBatch Complete(NpgsqlConnection connection, IReadOnlyCollection<long> sent, IEnumerable<UnsentMessage> unsent, DateTimeOffset now)
    {
        var batch = new NpgsqlBatch(connection);
        if (sent.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("delete from outbox where id = any ($1)") { Parameters = { Of(sent.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint) } });
        }

        foreach (var message in unsent)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                "update outbox set attempts = attempts + $2, last_error = $3, next_attempt_at = $4, dead_at = $5 where id = $1")
            {
                Parameters =
                {
                    Of(message.Id, NpgsqlDbType.Bigint), Of(message.IsAttempt ? 1 : 0, NpgsqlDbType.Integer), Of(message.Error, NpgsqlDbType.Text),
                    Of(now + (message.NextAttempt ?? TimeSpan.Zero), NpgsqlDbType.TimestampTz),
                    Of(message.NextAttempt is null ? now : DBNull.Value, NpgsqlDbType.TimestampTz),
                },
            });
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        // Another process may have added to a key that was claimed here, and its relay passed it over: nobody else looks again. After the commit, as it may
        // take its time; and by the index, as the table may hold the remains of many rows ("exists" would leave out the order).
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "select count(*) > 0 from (select 1 from outbox where dead_at is null order by exchange, routing_key limit 1) as left_over"));
        return batch;
    }

    public static OutboxRow ToRow(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Key = row.GetString(1),
        MessageId = row.GetGuid(2),
        Exchange = row.GetString(3),
        RoutingKey = row.GetString(4),
        Type = row.GetString(5),
        Priority = (byte)row.GetInt16(6),
        Mandatory = row.GetBoolean(7),
        Body = row.GetFieldValue<byte[]>(8),
        Headers = row.IsDBNull(9) ? null : row.GetString(9),
        CorrelationId = row.IsDBNull(10) ? null : row.GetString(10),
        TraceParent = row.IsDBNull(11) ? null : row.GetString(11),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(12),
        Attempts = row.GetInt32(13),
    };

    public static (string[] Exchanges, string[] RoutingKeys) Columns(IReadOnlyCollection<OutboxDestination> destinations) =>
        ([.. destinations.Select(destination => destination.Exchange)], [.. destinations.Select(destination => destination.RoutingKey)]);

    private static NpgsqlParameter Of(object value, NpgsqlDbType type) => new() { Value = value, NpgsqlDbType = type };
}
