using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Panel.Admin.Feed;
using Mom.Panel.Admin.Parts;

namespace Mom.Panel.Admin.Queues;

/// <summary>The state of a queue in one sentence, with the reason if it is idle. The first reason that applies is shown.</summary>
internal static class QueueReason
{
    /// <summary>The tone of <see cref="Of"/>: <c>good</c>, <c>waiting</c> or <c>bad</c>.</summary>
    public static string Tone(QueueStatus queue, AdminSnapshot view) =>
        queue.Consumers == 0 || view.Overview?.Alarms is { Count: > 0 } || IsWithoutDatabase(queue, view) ? "bad"
        : queue.Paused || IsDrained(queue, view) ? "waiting"
        : "good";

    public static string Of(QueueStatus queue, AdminSnapshot view)
    {
        if (view.Overview?.Alarms is { Count: > 0 } alarms)
            return $"Alarm of the broker: {alarms[0]} What waits is still delivered.";
        if (queue.Paused)
            return $"Paused by an administrator: {Waiting(queue)} until it is resumed.";
        if (IsDrained(queue, view))
            return $"Every worker of it is drained: {Waiting(queue)} until one is resumed.";
        if (queue.Consumers == 0)
            return $"No consumer: {Waiting(queue)} until {Consumer(queue)} is there.";
        if (IsWithoutDatabase(queue, view))
            return "The database is unavailable: messages wait, at the cost of no attempt.";
        if (queue.Ready > 0 && queue.Unacked > 0)
            return $"Working: {Words.Count(queue.Unacked)} in flight, {Words.Count(queue.Ready)} behind them.";
        if (queue.Unacked > 0)
            return $"Working: {Words.Count(queue.Unacked)} in flight.";
        if (queue.Ready > 0)
            return "Messages are about to be delivered.";
        return queue.Retrying > 0
            ? $"Nothing to do but {Words.Count(queue.Retrying, "message")} between two attempts."
            : "Nothing to do: everything was handled.";
    }

    private static string Waiting(QueueStatus queue) => queue.Depth() > 0 ? $"{Words.Count(queue.Depth(), "message")} wait{(queue.Depth() == 1 ? "s" : "")}" : "messages will wait";

    private static string Consumer(QueueStatus queue) => queue.Name switch
    {
        _ when JobTypes.OfQueue(queue.Name) is { } type => $"a worker with the role {type.Name}",
        MomQueues.SocketNotifications => "a socket",
        _ => "a db-worker",
    };

    private static bool IsWithoutDatabase(QueueStatus queue, AdminSnapshot view) =>
        view.Overview is { Database: null } && queue.Name.StartsWith("db.", StringComparison.Ordinal);

    private static bool IsDrained(QueueStatus queue, AdminSnapshot view)
    {
        var workers = (view.Overview?.Workers ?? []).Where(worker => worker.Consumers.Any(consumer => string.Equals(consumer.Queue, queue.Name, StringComparison.Ordinal))).ToList();
        return workers.Count > 0 && workers.TrueForAll(worker => worker.Drained);
    }
}
