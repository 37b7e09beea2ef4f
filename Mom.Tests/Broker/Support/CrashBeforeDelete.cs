namespace Mom.Tests.Broker.Support;

/// <summary>Whether the relay has died yet between a publish and its delete.</summary>
internal sealed class CrashBeforeDelete
{
    private int _happened;

    public bool Happened => Volatile.Read(ref _happened) != 0;

    public bool IsNow() => Interlocked.Exchange(ref _happened, 1) == 0;
}
