using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging.Consuming;
using Mom.Messaging.Topology;

namespace Mom.Bench.Contenders.Engine;

/// <summary>Each message fails once and is handled at its second attempt, a millisecond later.</summary>
internal sealed class EngineRetry(BenchTargets targets) : IWorkload
{
    private static readonly BrokerTopology Topology =
        new("bench.commands", "bench.events", [new(EngineHost.Queue) { RetryDelays = [TimeSpan.FromMilliseconds(1)] }]);

    private readonly BenchQueue _queue = new(targets.RabbitMq, EngineHost.Queue);
    private EngineHost _filler = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _filler = await EngineHost.StartAsync(targets, topology: Topology, cancellationToken: cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) =>
        Callers.RunAsync(round.Messages, Sizes.Prefetch, number => _filler.Publisher.PublishAsync(new Parcel(number, Sizes.Text), cancellationToken: cancellationToken));

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (await EngineHost.StartAsync(
            targets,
            messaging =>
            {
                messaging.Services.AddSingleton(round);
                messaging.AddConsumer(EngineHost.Queue, options => (options.Concurrency, options.Prefetch) = (Sizes.Concurrency, Sizes.Prefetch))
                    .Handle<Parcel, FailingHandler>();
            },
            Topology,
            cancellationToken))
        {
            await round.AllCounted.WaitAsync(cancellationToken);
        }

        await _queue.DemandEmptyAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _filler.DisposeAsync();
        await _queue.DisposeAsync();
    }

    internal sealed class FailingHandler(Round round) : IMessageHandler<Parcel>
    {
        public Task HandleAsync(Parcel message, MessageContext context, CancellationToken cancellationToken)
        {
            round.Begin();
            if (context.Attempt == 1)
            {
                throw new InvalidOperationException("The first attempt fails.");
            }

            round.Count(message.Number);
            return Task.CompletedTask;
        }
    }
}
