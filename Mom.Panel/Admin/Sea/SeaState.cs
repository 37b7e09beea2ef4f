using Mom.Contracts;
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

    public IReadOnlyList<WorkerStatus> DbWorkers => WorkersOf("db");

    public IReadOnlyList<WorkerStatus> MathWorkers => WorkersOf("math");

    /// <summary>Whether any replica of the socket consumes events.</summary>
    public bool Socket => Queue(MomQueues.SocketNotifications)?.Consumers > 0;

    /// <summary>Dead letters that wait for a decision, in the database and on their way to it.</summary>
    public long Dead => (view.Overview?.Database?.DeadLetters.GetValueOrDefault("dead") ?? 0) + (view.Overview?.Queues?.Sum(queue => queue.Dead) ?? 0);

    public QueueStatus? Queue(string name) => view.Overview?.Queues?.FirstOrDefault(queue => string.Equals(queue.Name, name, StringComparison.Ordinal));

    public bool IsGrowing(string name)
    {
        var history = view.HistoryOf(name);
        return history.Count > Growth && history[^1].Depth >= history[^(Growth + 1)].Depth + 5;
    }

    private List<WorkerStatus> WorkersOf(string role) => [.. (view.Overview?.Workers ?? []).Where(worker => worker.Roles.Contains(role, StringComparer.Ordinal))];
}
