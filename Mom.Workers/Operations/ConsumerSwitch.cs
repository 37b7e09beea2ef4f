using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using StackExchange.Redis;

namespace Mom.Workers.Operations;

/// <summary>Pauses and resumes the consumers of this process as administrators want it.</summary>
internal sealed partial class ConsumerSwitch(IConsumerControl control, ILogger<ConsumerSwitch> logger)
{
    private readonly HashSet<string> _paused = new(StringComparer.Ordinal);

    /// <summary>Sees to it that the named queues are paused, and no others that were paused through here.</summary>
    /// <param name="wanted">The queues that no worker is to consume.</param>
    /// <param name="drained">Whether this process is to consume none at all.</param>
    public void Follow(IEnumerable<RedisValue> wanted, bool drained)
    {
        var queues = Named(wanted);
        if (drained)
        {
            queues.UnionWith(control.Consumers.Select(consumer => consumer.Queue));
        }

        Follow(queues);
    }

    private static HashSet<string> Named(IEnumerable<RedisValue> wanted) => wanted.Select(queue => queue.ToString()).ToHashSet(StringComparer.Ordinal);

    private void Follow(HashSet<string> queues)
    {
        foreach (var queue in control.Consumers.Select(consumer => consumer.Queue))
        {
            if (queues.Contains(queue) && _paused.Add(queue))
            {
                LogPaused(queue);
                Forget(control.PauseAsync(queue));
            }
            else if (!queues.Contains(queue) && _paused.Remove(queue))
            {
                LogResumed(queue);
                Forget(control.ResumeAsync(queue));
            }
        }
    }

#pragma warning disable CA1308 // A state's name on the wire is lower case by contract.
    public IReadOnlyList<WorkerConsumer> List() =>
    [
        .. control.Consumers.Select(consumer => new WorkerConsumer(
            consumer.Queue, consumer.State.ToString().ToLowerInvariant(), consumer.InFlight, consumer.LastDelivery, consumer.Handled, consumer.Failed)),
    ];
#pragma warning restore CA1308

    // The switch itself acts at once; what is awaited there is its effect, and that is shown by the next beat.
    private static void Forget(Task switching) =>
        _ = switching.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    [LoggerMessage(1, LogLevel.Warning, "Somebody paused {Queue}")]
    private partial void LogPaused(string queue);

    [LoggerMessage(2, LogLevel.Warning, "Somebody resumed {Queue}")]
    private partial void LogResumed(string queue);
}
