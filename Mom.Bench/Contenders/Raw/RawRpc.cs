using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Requests with replies: confirmed both ways, the request acked after its reply was confirmed.</summary>
internal sealed class RawRpc(BenchTargets targets, int callers) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.raw.rpc");
    private RawConnection _connection = null!;
    private RawRequests _requests = null!;
    private RawConsumer _server = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _connection = await RawConnection.OpenAsync(targets.RabbitMq, cancellationToken);
        _requests = new RawRequests(_connection);
        await _requests.StartAsync(cancellationToken);
        _server = await RawConsumer.StartAsync(_connection, _queue.Name, Sizes.Concurrency, Sizes.Prefetch, AnswerAsync, cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        round.Begin();
        await Callers.RunAsync(round, callers, async number => round.Count(await _requests.RequestAsync(_queue.Name, number)));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _requests.DisposeAsync();
        await _connection.DisposeAsync();
        await _queue.DisposeAsync();
    }

    private async Task AnswerAsync(IChannel channel, BasicDeliverEventArgs request)
    {
        var tag = request.DeliveryTag;
        var number = RawBody.NumberOf(request.Body);
        var reply = RawProperties.Reply(request.BasicProperties.CorrelationId);
        await _connection.PublishAsync(request.BasicProperties.ReplyTo!, reply, RawBody.Of(number), mandatory: false);
        await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
    }
}
