using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Inbox;

namespace Mom.Messaging.EntityFrameworkCore.Inbox;

/// <summary>The inbox in Postgres, in the current transaction of the context.</summary>
internal sealed class EntityFrameworkInbox<TContext>(TContext database, TimeProvider time) : IInbox
    where TContext : DbContext
{
    public async Task<bool> TryAddAsync(Guid messageId, string queue, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await database.Database.ExecuteSqlAsync(
            $"insert into inbox (message_id, queue, handled_at) values ({messageId}, {queue}, {now}) on conflict do nothing",
            cancellationToken).ConfigureAwait(false) == 1;
    }
}
