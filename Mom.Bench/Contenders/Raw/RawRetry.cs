using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Each message fails once: it is published to a queue from which it expires back, and acked after the confirm.</summary>
internal sealed class RawRetry(BenchTargets targets) : IWorkload
{
    private const string Attempt = "attempt";

    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.raw.failing");
    private RawConnection _connection = null!;

    private string Waiting => new QueueDefinition(_queue.Name).RetryQueue(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _connection = await RawConnection.OpenAsync(targets.RabbitMq, cancellationToken);
        await using var channel = await _connection.ConsumingAsync(concurrency: 1, prefetch: 1, cancellationToken);
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["x-queue-type"] = "classic",
            ["x-dead-letter-exchange"] = string.Empty,
            ["x-dead-letter-routing-key"] = _queue.Name,
        };
        await channel.QueueDeclareAsync(Waiting, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) =>
        Callers.RunAsync(round.Messages, Sizes.Prefetch, async number =>
            await _connection.PublishAsync(_queue.Name, RawProperties.Persistent(), RawBody.Of(number)));

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (await RawConsumer.StartAsync(_connection, _queue.Name, Sizes.Concurrency, Sizes.Prefetch, HandleAsync, cancellationToken))
        {
            await round.AllCounted.WaitAsync(cancellationToken);
        }

        await _queue.DemandEmptyAsync(cancellationToken);

        async Task HandleAsync(IChannel channel, BasicDeliverEventArgs delivery)
        {
            round.Begin();
            var (tag, number) = (delivery.DeliveryTag, RawBody.NumberOf(delivery.Body));
            var failed = delivery.BasicProperties.Headers?.ContainsKey(Attempt) is not true;
            if (failed)
            {
                await FailAsync(number);
            }

            await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
            if (!failed)
            {
                round.Count(number);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _queue.DisposeAsync();
    }

    private async Task FailAsync(int number)
    {
        var properties = RawProperties.Persistent();
        properties.Expiration = "1";
        properties.Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [Attempt] = 2 };
        await _connection.PublishAsync(Waiting, properties, RawBody.Of(number));
    }
}
