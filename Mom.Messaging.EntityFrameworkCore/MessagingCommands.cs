using Mom.Messaging.EntityFrameworkCore.Outbox;
using Npgsql;
using NpgsqlTypes;

namespace Mom.Messaging.EntityFrameworkCore;

/// <summary>
/// Statements on outbox and inbox for many messages at once, to be sent together with others in one round trip: for what is done so often that EF
/// Core's change tracking and a round trip for each statement are too much. All belong into the transaction of the effect.
/// </summary>
public static class MessagingCommands
{
    /// <summary>Notes messages in the inbox, and returns the ids of those that were not noted before. Waits for other transactions that note them now.</summary>
    /// <param name="messages">Their ids; one may come twice.</param>
    /// <param name="queue">The queue in which they are handled.</param>
    /// <param name="now">When.</param>
    public static NpgsqlBatchCommand TryAddToInbox(IEnumerable<Guid> messages, string queue, DateTimeOffset now) => new(
        // In the order of their ids: two that note the same messages wait for each other in one direction only.
        """
        insert into inbox (message_id, queue, handled_at)
        select distinct on (id) id, $2, $3 from unnest($1) as m (id) order by id
        on conflict do nothing returning message_id
        """)
    {
        Parameters = { Of(messages.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid), Of(queue, NpgsqlDbType.Text), Of(now, NpgsqlDbType.TimestampTz) },
    };

    /// <summary>How messages were refused: id, code and detail of each that was.</summary>
    /// <param name="messages">Their ids.</param>
    /// <param name="queue">The queue in which they are handled.</param>
    public static NpgsqlBatchCommand RefusalsOf(IEnumerable<Guid> messages, string queue) => new(
        "select message_id, refusal_code, coalesce(refusal_detail, '') from inbox where message_id = any ($1) and queue = $2 and refusal_code is not null")
    {
        Parameters = { Of(messages.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid), Of(queue, NpgsqlDbType.Text) },
    };

    /// <summary>Takes messages out of the inbox again, for those that have had no effect after all.</summary>
    /// <param name="messages">Their ids.</param>
    /// <param name="queue">The queue in which they are handled.</param>
    public static NpgsqlBatchCommand RemoveFromInbox(IEnumerable<Guid> messages, string queue) => new(
        "delete from inbox where message_id = any ($1) and queue = $2")
    {
        Parameters = { Of(messages.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid), Of(queue, NpgsqlDbType.Text) },
    };

    /// <summary>Adds messages to the outbox, in their order.</summary>
    /// <param name="rows">Made by <see cref="EntityFrameworkOutbox{TContext}.RowOf"/>.</param>
    public static NpgsqlBatchCommand AddToOutbox(IReadOnlyCollection<OutboxRow> rows) => new(
        """
        insert into outbox (key, message_id, exchange, routing_key, type, priority, mandatory, body, headers, correlation_id, trace_parent, created_at, next_attempt_at, attempts)
        select key, message_id, exchange, routing_key, type, priority, mandatory, body, headers::jsonb, correlation_id, trace_parent, created_at, created_at, 0
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) with ordinality
          as m (key, message_id, exchange, routing_key, type, priority, mandatory, body, headers, correlation_id, trace_parent, created_at, place)
        order by place
        """)
    {
        Parameters =
        {
            Texts(rows, row => row.Key),
            Of(rows.Select(row => row.MessageId).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid),
            Texts(rows, row => row.Exchange),
            Texts(rows, row => row.RoutingKey),
            Texts(rows, row => row.Type),
            Of(rows.Select(row => (short)row.Priority).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint),
            Of(rows.Select(row => row.Mandatory).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean),
            Of(rows.Select(row => row.Body).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            Texts(rows, row => row.Headers),
            Texts(rows, row => row.CorrelationId),
            Texts(rows, row => row.TraceParent),
            Of(rows.Select(row => row.CreatedAt).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz),
        },
    };

    private static NpgsqlParameter Texts(IEnumerable<OutboxRow> rows, Func<OutboxRow, string?> text) => Of(rows.Select(text).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    private static NpgsqlParameter Of(object value, NpgsqlDbType type) => new() { Value = value, NpgsqlDbType = type };
}
