using System.Collections.Concurrent;
using Mom.Messaging.Consuming;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Support;

/// <summary>Where a test reaches into <see cref="EffectHandler"/>.</summary>
internal sealed class HandlerHooks
{
    private readonly Counter _calls = new();

    /// <summary>How often the handler was called.</summary>
    public int Calls => _calls.Value;

    /// <summary>Within the transaction, after the effect.</summary>
    public Func<Task> BeforeCommit { get; set; } = () => Task.CompletedTask;

    /// <summary>After the transaction, before the ack.</summary>
    public Func<Task> AfterCommit { get; set; } = () => Task.CompletedTask;

    /// <summary>Which attempt each call was.</summary>
    public ConcurrentQueue<int> Attempts { get; } = new();

    public void Called(MessageContext context)
    {
        Attempts.Enqueue(context.Attempt);
        _calls.Add();
    }

    /// <summary>Waits until the handler has been called so often.</summary>
    public Task CalledAsync(int times, string expectation) => _calls.ReachesAsync(times, expectation);
}
