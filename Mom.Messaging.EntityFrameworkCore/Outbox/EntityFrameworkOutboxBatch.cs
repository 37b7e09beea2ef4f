using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Outbox;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>Rows of the outbox, locked by a transaction that lasts as long as this.</summary>
internal sealed class EntityFrameworkOutboxBatch(
    DbContext database,
    IDbContextTransaction transaction,
    List<OutboxRow> rows,
    DateTimeOffset now) : IOutboxBatch
{
    public IReadOnlyList<OutboxMessage> Messages { get; } = [.. rows.OrderBy(row => row.Id).Select(ToMessage)];

    public async Task CompleteAsync(IReadOnlyCollection<long> sent, IReadOnlyCollection<UnsentMessage> unsent, CancellationToken cancellationToken)
    {
        var outbox = database.Set<OutboxRow>();
        await outbox.Where(row => sent.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        foreach (var message in unsent)
        {
            await outbox.Where(row => row.Id == message.Id).ExecuteUpdateAsync(
                row => row
                    .SetProperty(column => column.Attempts, column => column.Attempts + 1)
                    .SetProperty(column => column.LastError, message.Error)
                    .SetProperty(column => column.NextAttemptAt, now + message.NextAttempt),
                cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    private static OutboxMessage ToMessage(OutboxRow row) => new(
        row.Id,
        row.Attempts,
        new Envelope(row.Exchange, row.RoutingKey, row.Type, row.MessageId, row.Priority, row.Body)
        {
            Timestamp = row.CreatedAt,
            TraceParent = row.TraceParent,
        });
}
