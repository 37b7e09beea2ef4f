using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Mom.Messaging.Outbox;
using Npgsql;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>The outbox in Postgres. Its claim is a row lock, so that it ends with the transaction, or with the process.</summary>
/// <remarks>
/// However many rows wait that cannot be sent, a claim reads few of them: those of destinations that are stuck are never looked at, for the index
/// <c>ix_outbox_due</c> is read for one destination after another; and those behind a row that cannot be sent are set aside, out of the range of
/// that index that is due.
/// </remarks>
internal sealed partial class EntityFrameworkOutboxStore<TContext>(TContext database, OutboxSignal signal, TimeProvider time) : IOutboxStore, IOutboxAdministration
    where TContext : DbContext
{
    public async Task<IOutboxBatch> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var rows = new List<OutboxRow>();
            await using var commands = OutboxCommands.Claim((NpgsqlConnection)database.Database.GetDbConnection(), claim, time.GetUtcNow());
            await using var reader = await commands.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(OutboxCommands.ToRow(reader));
            }

            return new EntityFrameworkOutboxBatch(database, rows, time);
        }
        catch
        {
            // With it the pool rolls back what is open.
            await database.Database.CloseConnectionAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<int> SetAsideAsync(IReadOnlyCollection<OutboxDestination> stuck, int limit, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var (exchanges, routingKeys) = Columns(stuck);
        // The lock on the row in front keeps a person from reviving it in between: what is behind it would be set aside for nothing. What is
        // behind a dead row waits as long again as it has waited so far, so that each row is written a few times only.
        var count = await database.Database.ExecuteSqlAsync(
            $"""
             with recursive destinations as (
               (select exchange, routing_key from outbox where dead_at is null order by exchange, routing_key limit 1)
               union all
               select next.exchange, next.routing_key from destinations as d cross join lateral (
                 select o.exchange, o.routing_key from outbox as o
                 where o.dead_at is null and (o.exchange, o.routing_key) > (d.exchange, d.routing_key)
                 order by o.exchange, o.routing_key limit 1) as next),
             due as materialized (
               select o.id, o.key, o.created_at from destinations as d cross join lateral (
                 select id, key, created_at from outbox
                 where dead_at is null and exchange = d.exchange and routing_key = d.routing_key and next_attempt_at <= {now}
                 order by next_attempt_at, id limit {limit}) as o
               where (d.exchange, d.routing_key) not in (select * from unnest({exchanges}, {routingKeys}))),
             -- The pair keeps the planner from reading the primary key in search of the key.
             behind as materialized (
               select due.id, due.created_at, head.id as head_id from due cross join lateral (
                 select id from outbox where (key, id) > (due.key, -1) order by key, id limit 1) as head
               where head.id < due.id),
             heads as materialized (
               select id, dead_at, next_attempt_at from outbox
               where id in (select head_id from behind)
                 and (dead_at is not null or next_attempt_at > {now} or (exchange, routing_key) in (select * from unnest({exchanges}, {routingKeys})))
               for update skip locked)
             update outbox as o
             set next_attempt_at = case
               when heads.dead_at is not null then {now} + least(greatest({now} - behind.created_at, interval '30 seconds'), interval '5 minutes')
               when heads.next_attempt_at > {now} then heads.next_attempt_at
               else {now} + interval '30 seconds' end
             from behind join heads on heads.id = behind.head_id
             where o.id = behind.id and o.dead_at is null
             """,
            cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }

    // The outbox is empty most of the time, so the planner has no statistics of it when a burst comes, and would sort the whole
    // backlog for every batch, or read all of it for a join. Without that it reads the indexes in order, and stops when the batch is full. What
    // it then believes that this costs is no reason to compile the query.
    private async Task<IDbContextTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var transaction = await database.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await database.Database.ExecuteSqlRawAsync(OutboxCommands.Plans, cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static (string[] Exchanges, string[] RoutingKeys) Columns(IReadOnlyCollection<OutboxDestination> destinations) =>
        OutboxCommands.Columns(destinations);
}
