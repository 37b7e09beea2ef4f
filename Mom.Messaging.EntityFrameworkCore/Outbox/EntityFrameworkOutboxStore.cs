using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Outbox;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>The outbox in Postgres. Its claim is a row lock, so that it ends with the transaction, or with the process.</summary>
internal sealed partial class EntityFrameworkOutboxStore<TContext>(TContext database, OutboxSignal signal, TimeProvider time) : IOutboxStore, IOutboxAdministration
    where TContext : DbContext
{
    public async Task<IOutboxBatch> ClaimAsync(int keys, int messagesPerKey, CancellationToken cancellationToken)
    {
        var transaction = await database.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // The outbox is empty most of the time, so the planner has no statistics of it when a burst comes, and would sort the whole
            // backlog for every batch. Without sorting it reads the primary key in order, and stops when the batch is full.
            await database.Database.ExecuteSqlRawAsync("set local enable_sort = off", cancellationToken).ConfigureAwait(false);
            var now = time.GetUtcNow();
            // Whoever holds the lock on the oldest row of a key has the key: while that row is locked, waits for its next attempt
            // or is dead, so do those after it. They are locked too, and end before a dead one, for the case that a row with a
            // lower id is committed later.
            var rows = await database.Set<OutboxRow>().FromSql(
                $"""
                 with heads as materialized (
                   select o.key, o.id from outbox as o
                   where o.dead_at is null and o.next_attempt_at <= {now}
                     and not exists (select 1 from outbox as earlier where earlier.key = o.key and earlier.id < o.id)
                   order by o.id
                   limit {keys}
                   for update skip locked)
                 select claimed.* from heads cross join lateral (
                   select * from outbox as o
                   where o.key = heads.key and o.id >= heads.id
                     and not exists (select 1 from outbox as dead where dead.key = o.key and dead.dead_at is not null and dead.id <= o.id)
                   order by o.id
                   limit {messagesPerKey}
                   for update skip locked) as claimed
                 """).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
            return new EntityFrameworkOutboxBatch(database, transaction, rows, time);
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
