using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Consuming.Keys;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Consuming;

/// <summary>All lanes of one queue in this process, and the switch that pauses them.</summary>
internal sealed class QueueConsumer : BackgroundService
{
    private readonly BrokerConnections _connections;
    private readonly ILogger _logger;
    private readonly PauseSwitch _pause = new();
    private readonly CancellationTokenSource _hardStop = new();
    private readonly IReadOnlyList<LaneConsumer> _lanes;

    public QueueConsumer(
        ConsumerRegistration registration,
        BrokerConnections connections,
        TopologyDeclarer topology,
        DeliveryHandler handler,
        TimeProvider time,
        ILogger<QueueConsumer> logger)
    {
        _connections = connections;
        _logger = logger;
        Queue = registration.Queue.Name;
        var lanes = Lane.Of(registration).ToList();
        var moves = new MovesInProgress();
        var hold = new HoldLimit(registration.Options.HoldLimit, time);
        var keys = registration.PlacesPerKey > 0 ? new KeyPlaces(registration.PlacesPerKey) : null;
        var share = registration.Queue.IsPartitioned ? new PartitionShare(registration.Queue) : null;
        var suspects = lanes.Find(lane => lane.Kind == LaneKind.Suspects) is { } suspected ? StateOf(suspected, null) : null;
        _lanes = [.. lanes
            .Select(lane => lane.Kind switch
            {
                LaneKind.Suspects => suspects!,
                LaneKind.Solo => StateOf(lane, null),
                _ => StateOf(lane, suspects),
            })
            .Select(state => new LaneConsumer(state, registration, connections, topology, handler, _pause, time, logger))];

        LaneState StateOf(Lane lane, LaneState? others) => new(lane, time, moves, hold, others) { Keys = keys, Share = share };
    }

    public string Queue { get; }

    public ConsumerStatus Status
    {
        get
        {
            var lanes = Lanes.ToList();
            var inFlight = lanes.Sum(lane => lane.InFlight);
            return new ConsumerStatus(
                Queue,
                StateWith(inFlight),
                inFlight,
                lanes.Max(lane => lane.LastDelivery),
                lanes.Sum(lane => lane.Handled),
                lanes.Sum(lane => lane.Failed))
            {
                Stuck = lanes.Sum(lane => lane.Stuck),
            };
        }
    }

    /// <summary>Why one of the lanes does not receive, or <see langword="null"/>.</summary>
    internal string? Trouble => Lanes.Where(lane => !lane.IsReceiving).Select(lane => lane.Trouble).FirstOrDefault(trouble => trouble is not null);

    internal IEnumerable<LaneState> Lanes => _lanes.Select(lane => lane.State);

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        Log.PauseChanged(_logger, Queue, paused: true);
        _pause.Pause();
        await UntilAsync(() => !Lanes.Any(lane => lane.IsReceiving), cancellationToken).ConfigureAwait(false);
    }

    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        Log.PauseChanged(_logger, Queue, paused: false);
        _pause.Resume();
        await UntilAsync(() => _connections.Consume.Current is null || Status.State == ConsumerState.Consuming, cancellationToken).ConfigureAwait(false);
    }

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await PauseAsync(cancellationToken).ConfigureAwait(false);
        await UntilAsync(() => Status.InFlight == 0, cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The host's patience ends with this token: handlers are told then, and their messages go back to the queue.
        await using var impatience = cancellationToken.Register(_hardStop.Cancel).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _hardStop.Dispose();
        _pause.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_lanes.Select(lane => lane.RunAsync(_hardStop.Token, stoppingToken)));

    private ConsumerState StateWith(int inFlight)
    {
        var receiving = Lanes.Any(lane => lane.IsReceiving);
        if (_pause.IsPaused)
        {
            return inFlight > 0 || receiving ? ConsumerState.Draining : ConsumerState.Paused;
        }

        return Lanes.All(lane => lane.IsReceiving) ? ConsumerState.Consuming : ConsumerState.Reconnecting;
    }

    // For people, a few times a day: not worth a signal through all lanes and their sessions.
    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken).ConfigureAwait(false);
        }
    }
}
