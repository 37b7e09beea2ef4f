using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Sends requests and pairs the replies, which come by an exclusive queue.</summary>
internal sealed class RawRequests(RawConnection connection) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<int>> _pending = new(StringComparer.Ordinal);
    private IChannel _channel = null!;
    private string _replies = string.Empty;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _channel = await connection.ConsumingAsync(concurrency: 1, Sizes.Prefetch, cancellationToken);
        _replies = await _channel.QueueDeclareAsync(string.Empty, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += OnReplyAsync;
        await _channel.BasicConsumeAsync(_replies, autoAck: true, consumer, cancellationToken);
    }

    /// <summary>Sends a request, waits for its confirm and then for the reply.</summary>
    /// <returns>The number in the reply.</returns>
    public async Task<int> RequestAsync(string queue, int number)
    {
        var id = Guid.CreateVersion7().ToString();
        var reply = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = reply;
        await connection.PublishAsync(queue, RawProperties.Request(id, _replies), RawBody.Of(number));
        return await reply.Task;
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private Task OnReplyAsync(object sender, BasicDeliverEventArgs delivery)
    {
        if (delivery.BasicProperties.CorrelationId is { } id && _pending.TryRemove(id, out var waiting))
        {
            waiting.TrySetResult(RawBody.NumberOf(delivery.Body));
        }

        return Task.CompletedTask;
    }
}
