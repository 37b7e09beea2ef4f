using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging.Consuming;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;

namespace Mom.Bench.Contenders.Engine;

/// <summary>Takes the messages of a round from a queue in which many more wait behind them.</summary>
/// <param name="targets">The servers.</param>
/// <param name="waiting">How many wait behind those of the round.</param>
internal sealed class EngineDeepConsume(BenchTargets targets, int waiting) : IWorkload
{
    private static readonly TimeSpan GiveBackTime = TimeSpan.FromSeconds(30);

    private readonly BenchQueue _queue = new(targets.RabbitMq, $"{EngineHost.Queue}.{waiting}");
    private EngineHost _filler = null!;

    private BrokerTopology Topology => new("bench.commands", "bench.events", [new(_queue.Name)]);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _filler = await EngineHost.StartAsync(targets, topology: Topology, cancellationToken: cancellationToken);
    }

    // What waited before the last round waits still: only what that took is missing.
    public async Task PrepareAsync(Round round, CancellationToken cancellationToken) =>
        await Callers.RunAsync(waiting + round.Messages - (int)await _queue.CountAsync(cancellationToken), Sizes.Prefetch, number =>
            _filler.Publisher.PublishAsync(new Parcel(number, Sizes.Text), new PublishOptions { Queue = _queue.Name }, cancellationToken));

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        var taken = new Taken(round);
        await using (await EngineHost.StartAsync(
            targets,
            messaging =>
            {
                messaging.Services.AddSingleton(taken);
                messaging.AddConsumer(_queue.Name, options => (options.Concurrency, options.Prefetch) = (Sizes.Concurrency, Sizes.Prefetch))
                    .Handle<Parcel, ParcelHandler>();
            },
            Topology,
            cancellationToken))
        {
            await round.AllCounted.WaitAsync(cancellationToken);
        }

        // Messages cannot be told apart here: as many must be gone as were handled, those that were handled until the consumer stopped included.
        // What a closed channel gives back is in the queue a little later.
        var given = Stopwatch.GetTimestamp();
        long left;
        while ((left = await _queue.CountAsync(cancellationToken)) + taken.Count != waiting + round.Messages && Stopwatch.GetElapsedTime(given) < GiveBackTime)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        if (left + taken.Count != waiting + round.Messages)
        {
            throw new MiscountException($"Of {waiting + round.Messages} messages {taken.Count} were handled, and {left} are left.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _filler.DisposeAsync();
        await _queue.DisposeAsync();
    }

    /// <summary>Numbers the messages in the order in which they come; the first ones are those of the round.</summary>
    internal sealed class Taken(Round round)
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Add()
        {
            round.Begin();
            if (Interlocked.Increment(ref _count) is var number && number <= round.Messages)
            {
                round.Count(number - 1);
            }
        }
    }

    internal sealed class ParcelHandler(Taken taken) : IMessageHandler<Parcel>
    {
        public Task HandleAsync(Parcel message, MessageContext context, CancellationToken cancellationToken)
        {
            taken.Add();
            return Task.CompletedTask;
        }
    }
}
