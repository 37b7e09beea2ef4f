using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Outbox;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

internal sealed partial class EntityFrameworkOutboxStore<TContext>
{
    private IQueryable<OutboxRow> Rows => database.Set<OutboxRow>();

    private IQueryable<OutboxRow> DeadRows => Rows.Where(row => row.DeadAt != null);

    // Every process asks this every few seconds: what it reads must not grow with the outbox. Counting stops at a limit, and goes on with what
    // the last (auto)vacuum has counted; for the lag it looks at the oldest rows, and where all of these are held up, at those due longest.
    public async Task<OutboxState> StateAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var limit = OutboxState.Counted;
        var counts = await database.Database.SqlQuery<OutboxCounts>(
            $"""
             with recursive destinations as (
               (select exchange, routing_key from outbox where dead_at is null order by exchange, routing_key limit 1)
               union all
               select next.exchange, next.routing_key from destinations as d cross join lateral (
                 select o.exchange, o.routing_key from outbox as o
                 where o.dead_at is null and (o.exchange, o.routing_key) > (d.exchange, d.routing_key)
                 order by o.exchange, o.routing_key limit 1) as next),
             first_dead as materialized (
               select key, min(id) as id from (select key, id from outbox where dead_at is not null order by key, id limit {limit}) as dead group by key),
             counts as materialized (
               select (select count(*) from (select 1 from outbox where dead_at is null limit {limit}) as ready) as ready,
                      (select count(*) from (select 1 from outbox where dead_at is not null limit {limit}) as dead) as dead,
                      (select count(*) from (
                         select 1 from first_dead as d cross join lateral (
                           select 1 from outbox where key = d.key and id > d.id and dead_at is null limit {limit}) as behind
                         limit {limit}) as held) as held)
             select case when ready < {limit} then ready
                      else greatest(ready, (select reltuples::bigint - dead from pg_class where oid = 'outbox'::regclass)) end as ready,
                    dead, held,
                    coalesce(
                      (select created_at from (select id, key, created_at from outbox where dead_at is null order by id limit 1000) as o
                       where not exists (select 1 from outbox as d where d.dead_at is not null and d.key = o.key and d.id < o.id) order by id limit 1),
                      (select min(o.created_at) from destinations as d cross join lateral (
                         select created_at from (
                           select id, key, created_at from outbox
                           where dead_at is null and exchange = d.exchange and routing_key = d.routing_key and next_attempt_at <= {now}
                           order by next_attempt_at limit 1000) as due
                         where not exists (select 1 from outbox as d where d.dead_at is not null and d.key = due.key and d.id < due.id) limit 1) as o)) as oldest
             from counts
             """).SingleAsync(cancellationToken).ConfigureAwait(false);
        var lag = counts.Oldest is { } oldest ? now - oldest : TimeSpan.Zero;
        return new OutboxState(counts.Ready, counts.Dead, counts.Held, lag > TimeSpan.Zero ? lag : TimeSpan.Zero);
    }

    public async Task<IReadOnlyList<DeadOutboxMessage>> ListDeadAsync(int limit, CancellationToken cancellationToken) =>
        await DeadRows
            .OrderBy(row => row.Id)
            .Take(limit)
            .Select(row => new DeadOutboxMessage(
                row.Id,
                row.Key,
                row.Type,
                row.MessageId,
                row.Attempts,
                row.LastError,
                row.CreatedAt,
                row.DeadAt!.Value,
                Rows.Count(behind => behind.Key == row.Key && behind.Id > row.Id && behind.DeadAt == null)))
            .ToListAsync(cancellationToken).ConfigureAwait(false);

    public async Task<int> ReviveAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var keys = await KeysAsync(ids, cancellationToken).ConfigureAwait(false);
        var revived = await DeadRows.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            row => row
                .SetProperty(column => column.DeadAt, (DateTimeOffset?)null)
                .SetProperty(column => column.Attempts, 0)
                .SetProperty(column => column.NextAttemptAt, now),
            cancellationToken).ConfigureAwait(false);
        await FollowAsync(keys, cancellationToken).ConfigureAwait(false);
        return revived;
    }

    public async Task<int> DiscardAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(ids, cancellationToken).ConfigureAwait(false);
        var discarded = await DeadRows.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await FollowAsync(keys, cancellationToken).ConfigureAwait(false);
        return discarded;
    }

    private Task<List<string>> KeysAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        DeadRows.Where(row => ids.Contains(row.Id)).Select(row => row.Key).Distinct().ToListAsync(cancellationToken);

    // What was set aside behind dead messages is due at once. Dying before this only makes it wait for the time that it was given.
    private async Task FollowAsync(List<string> keys, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await Rows.Where(row => keys.Contains(row.Key) && row.DeadAt == null && row.NextAttemptAt > now)
            .ExecuteUpdateAsync(row => row.SetProperty(column => column.NextAttemptAt, now), cancellationToken).ConfigureAwait(false);
        signal.Wake();
    }
}
