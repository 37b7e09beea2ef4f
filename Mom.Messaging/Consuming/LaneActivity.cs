namespace Mom.Messaging.Consuming;

/// <summary>What goes on in one lane: counted by its sessions, read by the watchdog and by whoever asks for the status.</summary>
internal sealed class LaneActivity(TimeProvider time)
{
    private int _inFlight;
    private long _handled;
    private long _failed;
    private long _lastDelivery;

    public int InFlight => Volatile.Read(ref _inFlight);

    public long Handled => Interlocked.Read(ref _handled);

    public long Failed => Interlocked.Read(ref _failed);

    public DateTimeOffset? LastDelivery =>
        Interlocked.Read(ref _lastDelivery) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public void Delivered() => Interlocked.Exchange(ref _lastDelivery, time.GetUtcNow().UtcTicks);

    public void Begun(int count) => Interlocked.Add(ref _inFlight, count);

    public void Ended(int count) => Interlocked.Add(ref _inFlight, -count);

    public void Processed(bool succeeded) => Interlocked.Increment(ref succeeded ? ref _handled : ref _failed);
}
