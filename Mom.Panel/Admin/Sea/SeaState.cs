using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Panel.Admin.Feed;

namespace Mom.Panel.Admin.Sea;

/// <summary>The state of the picture: the parts of the system and their availability.</summary>
internal sealed class SeaState(AdminSnapshot view)
{
    // Compared with this many samples ago, to ignore short peaks.
    private const int Growth = 5;

    public bool IsKnown => view.Overview is not null;

    public bool Api => view.Error is null;

    public bool Broker => view.Overview?.Queues is not null;

    public bool Cache => view.Overview?.Workers is not null;

    public bool Database => view.Overview?.Database is not null;

    public IReadOnlyList<WorkerStatus> DbWorkers => WorkersOf(role => role is "db");

    /// <summary>Those that do operations, of any type of job.</summary>
    public IReadOnlyList<WorkerStatus> JobWorkers => WorkersOf(role => JobTypes.Find(role) is not null);

    /// <summary>Whether any replica of the socket consumes events.</summary>
    public bool Socket => Queue(MomQueues.SocketNotifications)?.Consumers > 0;

    /// <summary>Dead letters that wait for a decision, in the database and on their way to it.</summary>
    public long Dead => (view.Overview?.Database?.DeadLetters.GetValueOrDefault("dead") ?? 0) + (view.Overview?.Queues?.Sum(queue => queue.Dead) ?? 0);

    /// <summary>A queue of the picture, which may stand for several.</summary>
    public QueueStatus? Queue(string name) => QueuesOf(name).Aggregate((QueueStatus?)null, (sum, queue) => sum is null ? queue : Sum(sum, queue));

    /// <summary>The queues for which one of the picture stands, as far as they are known.</summary>
    public IEnumerable<QueueStatus> QueuesOf(string name) =>
        (view.Overview?.Queues ?? []).Where(queue => name is SeaMap.Steps ? JobTypes.OfQueue(queue.Name) is not null : string.Equals(queue.Name, name, StringComparison.Ordinal));

    public bool IsGrowing(string name) => QueuesOf(name).Select(queue => view.HistoryOf(queue.Name)).Any(IsGrowing);

    private static bool IsGrowing(IReadOnlyList<QueueSample> history) => history.Count > Growth && history[^1].Depth >= history[^(Growth + 1)].Depth + 5;

    // One without a consumer, or paused, shows on the whole.
    private static QueueStatus Sum(QueueStatus sum, QueueStatus queue) => new(
        SeaMap.Steps,
        sum.Ready + queue.Ready,
        sum.Unacked + queue.Unacked,
        Math.Min(sum.Consumers, queue.Consumers),
        sum.PublishedPerSecond + queue.PublishedPerSecond,
        sum.DeliveredPerSecond + queue.DeliveredPerSecond,
        sum.AckedPerSecond + queue.AckedPerSecond,
        sum.Retrying + queue.Retrying,
        [.. sum.Tiers, .. queue.Tiers],
        [.. sum.Others, .. queue.Others],
        sum.Dead + queue.Dead,
        sum.Paused || queue.Paused);

    private List<WorkerStatus> WorkersOf(Func<string, bool> role) => [.. (view.Overview?.Workers ?? []).Where(worker => worker.Roles.Any(role))];
}
