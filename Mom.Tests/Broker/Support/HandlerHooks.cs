namespace Mom.Tests.Broker.Support;

/// <summary>Where a test reaches into <see cref="EffectHandler"/>.</summary>
internal sealed class HandlerHooks
{
    private int _calls;

    /// <summary>How often the handler was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Within the transaction, after the effect.</summary>
    public Func<Task> BeforeCommit { get; set; } = () => Task.CompletedTask;

    /// <summary>After the transaction, before the ack.</summary>
    public Func<Task> AfterCommit { get; set; } = () => Task.CompletedTask;

    public void Called() => Interlocked.Increment(ref _calls);
}
