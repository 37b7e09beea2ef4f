using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Errors;
using Mom.Messaging.Inbox;

namespace Mom.Messaging.EntityFrameworkCore.Inbox;

/// <summary>The inbox in Postgres, in the current transaction of the context.</summary>
internal sealed class EntityFrameworkInbox<TContext>(TContext database, TimeProvider time) : IInbox, IInboxStore
    where TContext : DbContext
{
    public async Task<bool> TryAddAsync(Guid messageId, string queue, CancellationToken cancellationToken)
    {
        // Without a transaction the row would be committed before the effect, and a crash between the two would lose the effect.
        if (database.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("The inbox needs the transaction of the effect: begin one first.");
        }

        var now = time.GetUtcNow();
        return await database.Database.ExecuteSqlAsync(
            $"insert into inbox (message_id, queue, handled_at) values ({messageId}, {queue}, {now}) on conflict do nothing",
            cancellationToken).ConfigureAwait(false) == 1;
    }

    public async Task RefuseAsync(Guid messageId, string queue, RefusalException refusal, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.Database.ExecuteSqlAsync(
            $"""
             insert into inbox (message_id, queue, handled_at, refusal_code, refusal_detail)
             values ({messageId}, {queue}, {now}, {refusal.Code}, {refusal.Message}) on conflict do nothing
             """,
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<RefusalException?> RefusalOfAsync(Guid messageId, string queue, CancellationToken cancellationToken) =>
        await database.Set<InboxRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.MessageId == messageId && row.Queue == queue, cancellationToken).ConfigureAwait(false) is { RefusalCode: { } code } refused
            ? new RefusalException(code, refused.RefusalDetail ?? string.Empty)
            : null;

    // The rows of one batch are those of the index on the time; a row that another process deletes meanwhile is left to it.
    public Task<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
             delete from inbox where (message_id, queue) in (
               select message_id, queue from inbox where handled_at < {before} order by handled_at limit {limit} for update skip locked)
             """,
            cancellationToken);
}
