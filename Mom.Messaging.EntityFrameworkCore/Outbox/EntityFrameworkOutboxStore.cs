using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Outbox;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>The outbox in Postgres. Its claim is a row lock, so that it ends with the transaction, or with the process.</summary>
internal sealed class EntityFrameworkOutboxStore<TContext>(TContext database, TimeProvider time) : IOutboxStore
    where TContext : DbContext
{
    public async Task<IOutboxBatch> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        var transaction = await database.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            // Only the oldest row of each key may be claimed: while it is locked or waits for its next attempt, so do those after it.
            var rows = await database.Set<OutboxRow>().FromSql(
                $"""
                 select * from outbox as o
                 where o.next_attempt_at <= {now}
                   and not exists (select 1 from outbox as earlier where earlier.key = o.key and earlier.id < o.id)
                 order by o.id
                 limit {limit}
                 for update skip locked
                 """).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
            return new EntityFrameworkOutboxBatch(database, transaction, rows, now);
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
