using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Consuming;

/// <summary>A lane as it is now, over all its sessions.</summary>
/// <param name="lane">Which.</param>
/// <param name="suspects">The suspects' lane of the same consumer, if this is not one itself.</param>
internal sealed class LaneState(Lane lane, TimeProvider time, LaneState? suspects = null)
{
    // Half of the broker's default limit of 20: from there on a message that may be lost waits for nothing.
    private const long ManyDeliveries = 10;

    public Lane Lane => lane;

    public LaneActivity Activity { get; } = new(time);

    /// <summary>Whether messages are being received at present.</summary>
    public bool IsReceiving => Session is { IsReceiving: true };

    /// <summary>The session that is running, or <see langword="null"/> while there is none.</summary>
    public ConsumerSession? Session { get; set; }

    /// <summary>Waits until a suspect can be taken up where this lane moves it to.</summary>
    public async Task RoomForSuspectAsync(Envelope message, CancellationToken cancellationToken)
    {
        var returned = message.Headers.GetValueOrDefault("x-delivery-count") as long? ?? 0;
        while (suspects is { IsReceiving: true } && suspects.Activity.InFlight >= suspects.Lane.Concurrency && returned < ManyDeliveries)
        {
            // Looked at rather than signalled: a rare state, and nobody waits for the millisecond.
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken).ConfigureAwait(false);
        }
    }
}
