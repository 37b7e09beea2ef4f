using System.Collections.Concurrent;
using Mom.Messaging.Consuming.Keys;

namespace Mom.Messaging.Consuming;

/// <summary>A lane as it is now, over all its sessions: counted by them, read by the watchdog and by callers that ask for the status.</summary>
/// <param name="lane">Which.</param>
/// <param name="time">Says when the last delivery came.</param>
/// <param name="moves">Those of all lanes of the same consumer.</param>
/// <param name="hold">How long a delivery is held in an outage; that of all lanes of the same consumer.</param>
/// <param name="suspects">The suspects' lane of the same consumer, if this is not one itself.</param>
internal sealed class LaneState(Lane lane, TimeProvider time, MovesInProgress moves, HoldLimit hold, LaneState? suspects = null)
{
    // Half of the broker's default limit of 20: from there on a message that may be lost waits for nothing.
    private const long ManyDeliveries = 10;

    private int _inFlight;
    private int _overdue;
    private int _abandoned;
    private long _handled;
    private long _failed;
    private long _lastDelivery;

    public Lane Lane => lane;

    public MovesInProgress Moves => moves;

    public HoldLimit Hold => hold;

    /// <summary>How many messages of each key are handled at a time, over all lanes of the same consumer; <see langword="null"/> where that has no limit.</summary>
    public KeyPlaces? Keys { get; init; }

    /// <summary>In which partitions this process is active, where there are partitions.</summary>
    public PartitionShare? Share { get; init; }

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Messages whose handler is within its time. One that exceeds it is stuck, and keeps nobody from looking after the lane.</summary>
    public int AtWork => InFlight - Volatile.Read(ref _overdue);

    /// <summary>Messages and handlers that exceed their time: those that are still waited for, and those that were abandoned and have not ended.</summary>
    public int Stuck => Volatile.Read(ref _overdue) + Volatile.Read(ref _abandoned);

    public long Handled => Interlocked.Read(ref _handled);

    public long Failed => Interlocked.Read(ref _failed);

    public DateTimeOffset? LastDelivery =>
        Interlocked.Read(ref _lastDelivery) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Whether messages are being received at present.</summary>
    public bool IsReceiving => Session is { IsReceiving: true };

    /// <summary>Why nothing is being received, or <see langword="null"/> while all is well.</summary>
    public string? Trouble { get; set; }

    /// <summary>The session that is running, or <see langword="null"/> while there is none.</summary>
    public ConsumerSession? Session { get; set; }

    public void Delivered() => Interlocked.Exchange(ref _lastDelivery, time.GetUtcNow().UtcTicks);

    public void Begun(int count) => Interlocked.Add(ref _inFlight, count);

    public void Ended(int count) => Interlocked.Add(ref _inFlight, -count);

    public void Overdue(int change) => Interlocked.Add(ref _overdue, change);

    public void Abandoned(int change) => Interlocked.Add(ref _abandoned, change);

    public void Processed(bool succeeded) => Interlocked.Increment(ref succeeded ? ref _handled : ref _failed);

    /// <summary>Waits until a suspect can be taken up where this lane moves it to; in an outage, in which no place becomes free, not for ever.</summary>
    public async Task RoomForSuspectAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var returned = delivery.Message.Headers.GetValueOrDefault("x-delivery-count") as long? ?? 0;
        while (suspects is { IsReceiving: true } && suspects.InFlight >= suspects.Lane.Concurrency && returned < ManyDeliveries && hold.Left(delivery) > TimeSpan.Zero)
        {
            // Looked at rather than signalled: a rare state, and nobody waits for the millisecond.
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>
/// Suspects that a consumer is moving to another of its lanes. The copy may come in there before the original is acked; handled
/// then, a message that kills its process would leave both behind, and with each death one more, none of them charged.
/// </summary>
internal sealed class MovesInProgress
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _moves = new();

    public void Begin(Guid messageId) => _moves.TryAdd(messageId, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>The broker has taken the ack of the original, or will never get one.</summary>
    public void End(Guid messageId)
    {
        if (_moves.TryRemove(messageId, out var move))
        {
            move.SetResult();
        }
    }

    public Task EndedAsync(Guid messageId, CancellationToken cancellationToken) =>
        _moves.TryGetValue(messageId, out var move) ? move.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
}
