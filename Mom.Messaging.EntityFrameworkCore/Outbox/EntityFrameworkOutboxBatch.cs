using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Outbox;
using Npgsql;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>Rows of the outbox, locked by a transaction that lasts as long as this. Without its completion the pool rolls it back.</summary>
internal sealed class EntityFrameworkOutboxBatch(DbContext database, List<OutboxRow> rows, TimeProvider time) : IOutboxBatch
{
    public IReadOnlyList<OutboxMessage> Messages { get; } =
        [.. rows.OrderBy(row => row.Id).Select(row => new OutboxMessage(row.Id, row.Key, row.Attempts, OutboxRowEnvelope.Read(row)))];

    public bool MayBeMore { get; private set; } = true;

    public async Task CompleteAsync(IReadOnlyCollection<long> sent, IReadOnlyCollection<UnsentMessage> unsent, CancellationToken cancellationToken)
    {
        await using var commands = OutboxCommands.Complete((NpgsqlConnection)database.Database.GetDbConnection(), sent, unsent, time.GetUtcNow());
        MayBeMore = (bool)(await commands.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    public async ValueTask DisposeAsync() => await database.Database.CloseConnectionAsync().ConfigureAwait(false);
}
