using System.Threading.Channels;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Messaging.DeadLetters;

/// <summary>One channel that consumes all dead-letter queues, until it closes. What was not acked by then goes back to its queue.</summary>
internal sealed class DeadLetterSession : IAsyncDisposable
{
    /// <summary>Letters that are stored together at most.</summary>
    public const ushort BatchSize = 100;

    private readonly Channel<(DeadLetter Letter, ulong Tag)> _delivered = Channel.CreateUnbounded<(DeadLetter, ulong)>();
    private readonly IChannel _channel;

    private DeadLetterSession(IChannel channel) => _channel = channel;

    public static async Task<DeadLetterSession> OpenAsync(IConnection connection, BrokerTopology topology, string? user, CancellationToken cancellationToken)
    {
        var session = new DeadLetterSession(await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false));
        try
        {
            await session.ConsumeAsync(topology, user, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits for letters, and takes all that are there.</summary>
    /// <returns>Empty when the session has ended.</returns>
    public async Task<List<(DeadLetter Letter, ulong Tag)>> ReadAsync(CancellationToken cancellationToken)
    {
        var batch = new List<(DeadLetter, ulong)>();
        if (await _delivered.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (batch.Count < BatchSize && _delivered.Reader.TryRead(out var letter))
            {
                batch.Add(letter);
            }
        }

        return batch;
    }

    /// <summary>Takes a dead letter out of its queue.</summary>
    public ValueTask AckAsync(ulong tag) => _channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private async Task ConsumeAsync(BrokerTopology topology, string? user, CancellationToken cancellationToken)
    {
        _channel.ChannelShutdownAsync += (_, _) => EndAsync();
        await _channel.BasicQosAsync(prefetchSize: 0, BatchSize, global: false, cancellationToken).ConfigureAwait(false);
        foreach (var queue in topology.Queues)
        {
            var consumer = new AsyncEventingBasicConsumer(_channel);
            consumer.UnregisteredAsync += (_, _) => EndAsync();
            consumer.ReceivedAsync += (_, delivery) =>
            {
                _delivered.Writer.TryWrite((Read(queue.Name, delivery, user), delivery.DeliveryTag));
                return Task.CompletedTask;
            };
            await _channel.BasicConsumeAsync(queue.DeadLetterQueue, autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task EndAsync()
    {
        _delivered.Writer.TryComplete();
        return Task.CompletedTask;
    }

    private static DeadLetter Read(string queue, BasicDeliverEventArgs delivery, string? user) => new(
        queue,
        EnvelopeProperties.Read(delivery.Exchange, delivery.RoutingKey, delivery.BasicProperties, delivery.Body, user),
        EnvelopeProperties.TraceParent(delivery.BasicProperties));
}
