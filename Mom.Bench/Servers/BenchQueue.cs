using Mom.Messaging.Topology;
using RabbitMQ.Client;

namespace Mom.Bench.Servers;

/// <summary>A work queue as the engine declares it, looked at from outside of any contender.</summary>
internal sealed class BenchQueue(string connectionString, string name, QueueKind kind = QueueKind.Priorities) : IAsyncDisposable
{
    private IConnection? _connection;
    private IChannel? _channel;

    public string Name => name;

    // The same for all contenders of a scenario: priorities cost something, and so does a quorum.
    private Dictionary<string, object?> Arguments => kind switch
    {
        QueueKind.Quorum => QueueArguments.ForWork(QueueType.Quorum, BrokerVersion.Of(_connection!)),
        QueueKind.Plain => QueueArguments.ForDeadLetters(QueueType.Classic),
        _ => QueueArguments.ForWork(QueueType.Classic, BrokerVersion.Of(_connection!)),
    };

    /// <summary>Declares it, in place of what an earlier run may have left.</summary>
    public async Task DeclareAsync(CancellationToken cancellationToken)
    {
        var channel = await ChannelAsync(cancellationToken);
        await DeleteAsync(channel);
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, Arguments, cancellationToken: cancellationToken);
    }

    /// <summary>Binds it to an exchange of its own name, by which some reach a queue.</summary>
    public async Task BindAsync(CancellationToken cancellationToken)
    {
        var channel = await ChannelAsync(cancellationToken);
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(name, name, string.Empty, cancellationToken: cancellationToken);
    }

    /// <summary>Empties it.</summary>
    /// <returns>How many messages were in it.</returns>
    public async Task<long> PurgeAsync(CancellationToken cancellationToken) =>
        await (await ChannelAsync(cancellationToken)).QueuePurgeAsync(name, cancellationToken);

    /// <returns>
    /// How many messages wait in it and in those that the engine moves some of them to: what comes a second time is a suspect. Those that a consumer holds are
    /// not among them.
    /// </returns>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var channel = await ChannelAsync(cancellationToken);
        var count = 0L;
        foreach (var queue in new QueueDefinition(name).WorkQueues)
        {
            count += await channel.MessageCountAsync(queue, cancellationToken);
        }

        return count;
    }

    /// <summary>
    /// Makes sure that a round has acked all it took: what it has not comes back when its channel closes. A quorum queue applies
    /// acks a little after they were sent, and gives back those that it has not applied when the channel closes: nothing is said of it.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something is in the queue.</exception>
    public async Task DemandEmptyAsync(CancellationToken cancellationToken)
    {
        var left = await PurgeAsync(cancellationToken);
        if (left > 0 && kind != QueueKind.Quorum)
        {
            throw new InvalidOperationException($"{left} messages have gone back to {name}: they were handled and not acked.");
        }
    }

    /// <summary>Deletes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
        {
            await DeleteAsync(_channel);
            await _channel.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    // With all that the engine declares beside a work queue, so that the next one may be of another type. Deleting what is not
    // there is no error.
    private async Task DeleteAsync(IChannel channel)
    {
        var definition = new QueueDefinition(name) { UrgentLane = true };
        foreach (var queue in (string[])[.. definition.WorkQueues, definition.RetryQueue(1), definition.DeadLetterQueue])
        {
            await channel.QueueDeleteAsync(queue);
        }

        await channel.ExchangeDeleteAsync(name);
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellationToken)
    {
        _connection ??= await new ConnectionFactory { Uri = new Uri(connectionString) }.CreateConnectionAsync("bench admin", cancellationToken);
        return _channel ??= await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
    }
}
