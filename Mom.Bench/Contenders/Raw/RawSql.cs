namespace Mom.Bench.Contenders.Raw;

/// <summary>The durable path by hand, in tables of its own: what it takes at the least.</summary>
internal static class RawSql
{
    public const string Create =
        """
        create table if not exists raw_outbox (
          id bigint generated always as identity primary key, key text not null, message_id uuid not null, routing_key text not null,
          body bytea not null, created_at timestamptz not null default now());
        create table if not exists raw_inbox (message_id uuid not null, queue text not null, handled_at timestamptz not null, primary key (message_id, queue));
        truncate raw_outbox, raw_inbox, effects
        """;

    public const string CountOutbox = "select count(*) from raw_outbox";

    /// <summary>Parameters: key, message id, routing key, body.</summary>
    public const string InsertOutbox = "insert into raw_outbox (key, message_id, routing_key, body) values ($1, $2, $3, $4)";

    /// <summary>Parameters: how many rows, routing key, bytes of a body.</summary>
    public const string FillOutbox =
        """
        insert into raw_outbox (key, message_id, routing_key, body)
        select number::text, gen_random_uuid(), $2, convert_to(rpad(number::text, $3, 'x'), 'UTF8') from generate_series(0, $1 - 1) as number
        """;

    /// <summary>The oldest rows that nobody else has.</summary>
    public const string ClaimOutbox = "select id, message_id, routing_key, body from raw_outbox order by id limit 100 for update skip locked";

    /// <summary>Parameter: ids.</summary>
    public const string DeleteOutbox = "delete from raw_outbox where id = any($1)";

    /// <summary>Parameters: message id, queue.</summary>
    public const string InsertInbox = "insert into raw_inbox (message_id, queue, handled_at) values ($1, $2, now()) on conflict do nothing";

    /// <summary>Parameter: the message's number.</summary>
    public const string InsertEffect = "insert into effects (number) values ($1)";
}
