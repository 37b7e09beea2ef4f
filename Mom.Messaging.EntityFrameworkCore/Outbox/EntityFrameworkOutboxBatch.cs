using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Mom.Messaging.Outbox;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>Rows of the outbox, locked by a transaction that lasts as long as this.</summary>
internal sealed class EntityFrameworkOutboxBatch(
    DbContext database,
    IDbContextTransaction transaction,
    List<OutboxRow> rows,
    TimeProvider time) : IOutboxBatch
{
    public IReadOnlyList<OutboxMessage> Messages { get; } =
        [.. rows.OrderBy(row => row.Id).Select(row => new OutboxMessage(row.Id, row.Key, row.Attempts, OutboxRowEnvelope.Read(row)))];

    public async Task CompleteAsync(IReadOnlyCollection<long> sent, IReadOnlyCollection<UnsentMessage> unsent, CancellationToken cancellationToken)
    {
        var outbox = database.Set<OutboxRow>();
        if (sent.Count > 0)
        {
            await outbox.Where(row => sent.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }

        var now = time.GetUtcNow();
        foreach (var message in unsent)
        {
            DateTimeOffset? deadAt = message.NextAttempt is null ? now : null;
            var nextAttemptAt = now + (message.NextAttempt ?? TimeSpan.Zero);
            var charge = message.IsAttempt ? 1 : 0;
            await outbox.Where(row => row.Id == message.Id).ExecuteUpdateAsync(
                row => row
                    .SetProperty(column => column.Attempts, column => column.Attempts + charge)
                    .SetProperty(column => column.LastError, message.Error)
                    .SetProperty(column => column.NextAttemptAt, nextAttemptAt)
                    .SetProperty(column => column.DeadAt, deadAt),
                cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
