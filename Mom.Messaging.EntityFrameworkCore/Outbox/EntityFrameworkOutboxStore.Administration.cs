using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Outbox;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

internal sealed partial class EntityFrameworkOutboxStore<TContext>
{
    private IQueryable<OutboxRow> Rows => database.Set<OutboxRow>();

    private IQueryable<OutboxRow> DeadRows => Rows.Where(row => row.DeadAt != null);

    public async Task<OutboxState> StateAsync(CancellationToken cancellationToken)
    {
        var counts = await database.Database.SqlQuery<OutboxCounts>(
            $"""
             select count(*) filter (where dead_at is null) as ready,
                    count(*) filter (where dead_at is not null) as dead,
                    count(*) filter (where held) as held,
                    min(created_at) filter (where dead_at is null and not held) as oldest
             from (
               select o.dead_at, o.created_at,
                 o.dead_at is null and exists (select 1 from outbox as d where d.key = o.key and d.dead_at is not null and d.id < o.id) as held
               from outbox as o) as rows
             """).SingleAsync(cancellationToken).ConfigureAwait(false);
        var lag = counts.Oldest is { } oldest ? time.GetUtcNow() - oldest : TimeSpan.Zero;
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
        var revived = await DeadRows.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            row => row
                .SetProperty(column => column.DeadAt, (DateTimeOffset?)null)
                .SetProperty(column => column.Attempts, 0)
                .SetProperty(column => column.NextAttemptAt, now),
            cancellationToken).ConfigureAwait(false);
        signal.Wake();
        return revived;
    }

    public async Task<int> DiscardAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var discarded = await DeadRows.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        signal.Wake();
        return discarded;
    }
}
