using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Empties a full queue; each message has its effect in one transaction with its inbox row, by hand.</summary>
internal sealed class RawInbox(BenchTargets targets) : IWorkload
{
    private readonly BenchDatabase _database = new(targets);
    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.raw.inbox");
    private RawConnection _connection = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _connection = await RawConnection.OpenAsync(targets.RabbitMq, cancellationToken);
    }

    public async Task PrepareAsync(Round round, CancellationToken cancellationToken)
    {
        await _database.ExecuteAsync(RawSql.Create, cancellationToken);
        await Callers.RunAsync(round.Messages, Sizes.Prefetch, async number =>
        {
            var properties = RawProperties.Persistent();
            properties.MessageId = Guid.CreateVersion7().ToString();
            await _connection.PublishAsync(_queue.Name, properties, RawBody.Of(number));
        });
    }

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (await RawConsumer.StartAsync(_connection, _queue.Name, Sizes.Concurrency, Sizes.Prefetch, HandleAsync, cancellationToken))
        {
            await round.AllCounted.WaitAsync(cancellationToken);
        }

        await _queue.DemandEmptyAsync(cancellationToken);
        await Effects.VerifyAsync(_database, round, cancellationToken);

        async Task HandleAsync(IChannel channel, BasicDeliverEventArgs delivery)
        {
            round.Begin();
            var (tag, number, id) = (delivery.DeliveryTag, RawBody.NumberOf(delivery.Body), Guid.Parse(delivery.BasicProperties.MessageId!));
            await StoreAsync(id, number, cancellationToken);
            await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
            round.Count(number);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _queue.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task StoreAsync(Guid id, int number, CancellationToken cancellationToken)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var inbox = new NpgsqlCommand(RawSql.InsertInbox, connection) { Parameters = { new() { Value = id }, new() { Value = _queue.Name } } };
        if (await inbox.ExecuteNonQueryAsync(cancellationToken) == 1)
        {
            await using var effect = new NpgsqlCommand(RawSql.InsertEffect, connection) { Parameters = { new() { Value = number } } };
            await effect.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
