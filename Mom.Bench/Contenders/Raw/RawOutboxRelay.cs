using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Npgsql;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Sends a full outbox, by hand: claim a hundred, publish them, delete them, commit.</summary>
internal sealed class RawOutboxRelay(BenchTargets targets) : IWorkload
{
    private readonly BenchDatabase _database = new(targets);
    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.raw.outbox");
    private RawConnection _connection = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _connection = await RawConnection.OpenAsync(targets.RabbitMq, cancellationToken);
    }

    public async Task PrepareAsync(Round round, CancellationToken cancellationToken)
    {
        await _database.ExecuteAsync(RawSql.Create, cancellationToken);
        await _database.ExecuteAsync(RawSql.FillOutbox, cancellationToken, round.Messages, _queue.Name, Sizes.Body);
    }

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        round.Begin();
        while (await RelayBatchAsync(cancellationToken))
        {
        }

        round.End();
        round.CountTogether(await _queue.PurgeAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _queue.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<bool> RelayBatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await ClaimAsync(connection, cancellationToken);
        await Task.WhenAll(rows.Select(row => PublishAsync(row.MessageId, row.RoutingKey, row.Body)));
        await using (var delete = new NpgsqlCommand(RawSql.DeleteOutbox, connection) { Parameters = { new() { Value = rows.ConvertAll(row => row.Id) } } })
        {
            await delete.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return rows.Count > 0;
    }

    private static async Task<List<(long Id, Guid MessageId, string RoutingKey, byte[] Body)>> ClaimAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var claim = new NpgsqlCommand(RawSql.ClaimOutbox, connection);
        await using var reader = await claim.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(long, Guid, string, byte[])>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3)));
        }

        return rows;
    }

    private async Task PublishAsync(Guid messageId, string queue, byte[] body)
    {
        var properties = RawProperties.Persistent();
        properties.MessageId = messageId.ToString();
        await _connection.PublishAsync(queue, properties, body);
    }
}
