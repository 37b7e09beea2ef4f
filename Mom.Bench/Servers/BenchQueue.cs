using Mom.Messaging;
using RabbitMQ.Client;

namespace Mom.Bench.Servers;

/// <summary>A work queue as the engine declares it, looked at from outside of any contender.</summary>
internal sealed class BenchQueue(string connectionString, string name, bool quorum = false) : IAsyncDisposable
{
    private IConnection? _connection;
    private IChannel? _channel;

    public string Name => name;

    /// <summary>The same for all contenders: on a classic queue priorities cost something, on a quorum queue replication does.</summary>
    public static Dictionary<string, object?> Arguments(bool quorum) => quorum
        ? new(StringComparer.Ordinal) { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 1_000_000 }
        : new(StringComparer.Ordinal) { ["x-queue-type"] = "classic", ["x-max-priority"] = (int)MessagePriority.Maximum };

    /// <summary>Declares it, in place of what an earlier run may have left.</summary>
    public async Task DeclareAsync(CancellationToken cancellationToken)
    {
        var channel = await ChannelAsync(cancellationToken);
        await DeleteAsync(channel);
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, Arguments(quorum), cancellationToken: cancellationToken);
    }

    /// <summary>Empties it.</summary>
    /// <returns>How many messages were in it.</returns>
    public async Task<long> PurgeAsync(CancellationToken cancellationToken) =>
        await (await ChannelAsync(cancellationToken)).QueuePurgeAsync(name, cancellationToken);

    /// <summary>
    /// Makes sure that a round has acked all it took: what it has not comes back when its channel closes. A quorum queue applies
    /// acks a little after they were sent, and gives back those that it has not applied when the channel closes: nothing is said of it.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something is in the queue.</exception>
    public async Task DemandEmptyAsync(CancellationToken cancellationToken)
    {
        var left = await PurgeAsync(cancellationToken);
        if (left > 0 && !quorum)
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

    // With the queues that stand beside it. Deleting what is not there is no error.
    private async Task DeleteAsync(IChannel channel)
    {
        foreach (var queue in (string[])[name, $"{name}.retry.1", $"{name}.dead"])
        {
            await channel.QueueDeleteAsync(queue);
        }
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellationToken)
    {
        _connection ??= await new ConnectionFactory { Uri = new Uri(connectionString) }.CreateConnectionAsync("bench admin", cancellationToken);
        return _channel ??= await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
    }
}
