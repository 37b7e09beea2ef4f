using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Rpc;

namespace Mom.Bench.Contenders.Engine;

/// <summary>One caller asks while a backlog of slow work of low priority waits in the same queue.</summary>
internal sealed class EngineBacklog(BenchTargets targets, int backlog) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, EngineHost.Queue);
    private readonly Worked _worked = new();
    private EngineHost _caller = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _caller = await EngineHost.StartAsync(targets, cancellationToken: cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken)
    {
        _worked.Count = 0;
        return Callers.RunAsync(backlog, Sizes.Prefetch, number => _caller.Publisher.PublishAsync(new Chore(number, Sizes.Text), cancellationToken: cancellationToken));
    }

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (await EngineHost.StartAsync(targets, Configure, cancellationToken: cancellationToken))
        {
            round.Begin();
            await Callers.RunAsync(round, callers: 1, async number =>
                round.Count((await _caller.Rpc.RequestAsync(new Question(number, Sizes.Text), RpcOptions.Query, cancellationToken)).Number));
        }

        Backlog.Verify(backlog, Volatile.Read(ref _worked.Count), await _queue.PurgeAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _caller.DisposeAsync();
        await _queue.DisposeAsync();
    }

    private void Configure(MessagingBuilder messaging)
    {
        messaging.Services.AddSingleton(_worked);
        messaging.AddConsumer(EngineHost.Queue, options => (options.Concurrency, options.Prefetch) = (Backlog.Concurrency, Backlog.Prefetch))
            .Handle<Chore, ChoreHandler>()
            .Answer<Question, Answer, EngineRpc.QuestionHandler>();
    }

    internal sealed class Worked
    {
        public int Count;
    }

    internal sealed class ChoreHandler(Worked worked) : IMessageHandler<Chore>
    {
        public async Task HandleAsync(Chore message, MessageContext context, CancellationToken cancellationToken)
        {
            await Task.Delay(Backlog.Work, cancellationToken);
            Interlocked.Increment(ref worked.Count);
        }
    }
}
