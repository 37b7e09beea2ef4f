using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging.Consuming;
using Mom.Messaging.Rpc;

namespace Mom.Bench.Contenders.Engine;

/// <summary>Requests with replies: a query, which expires with its caller.</summary>
internal sealed class EngineRpc(BenchTargets targets, int callers) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, EngineHost.Queue);
    private EngineHost _host = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _host = await EngineHost.StartAsync(
            targets,
            messaging => messaging
                .AddConsumer(EngineHost.Queue, options => (options.Concurrency, options.Prefetch) = (Sizes.Concurrency, Sizes.Prefetch))
                .Answer<Question, Answer, QuestionHandler>(),
            cancellationToken: cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        var rpc = _host.Rpc;
        round.Begin();
        await Callers.RunAsync(round, callers, async number =>
            round.Count((await rpc.RequestAsync(new Question(number, Sizes.Text), RpcOptions.Query, cancellationToken)).Number));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _queue.DisposeAsync();
    }

    internal sealed class QuestionHandler : IRequestHandler<Question, Answer>
    {
        public Task<Answer> HandleAsync(Question request, MessageContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new Answer(request.Number, Sizes.Text));
    }
}
