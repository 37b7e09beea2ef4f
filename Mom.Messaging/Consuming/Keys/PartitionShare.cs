using Mom.Messaging.Topology;
using RabbitMQ.Client;

namespace Mom.Messaging.Consuming.Keys;

/// <summary>
/// Spreads the partitions of a queue over the processes that consume it. The broker makes the first consumer of a partition the active one, which
/// would leave all of them to the process that started first. So a process that is active in more than its share hands one over at a time: its consumer
/// finishes, ends, and begins again behind those of the others.
/// </summary>
/// <param name="queue">The queue.</param>
internal sealed class PartitionShare(QueueDefinition queue)
{
    private readonly Lock _lock = new();
    private int _active;

    /// <summary>A consumer of this process is active in one more partition, or in one less.</summary>
    public void Active(int change)
    {
        lock (_lock)
            _active += change;
    }

    /// <summary>
    /// How many processes consume the queue. A partition that is a quorum queue would count its active consumer alone; so each session has a consumer of
    /// another queue as well, a classic one.
    /// </summary>
    public async Task<int> ProcessesAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var sessions = (int)await channel.ConsumerCountAsync(queue.MembersQueue, cancellationToken).ConfigureAwait(false);
        return Shares(sessions, queue.Partitions);
    }

    /// <summary>Looks again and again, until the token fires, whether a consumer should hand its partition over; ends when that is so.</summary>
    /// <exception cref="OperationCanceledException">The token has fired.</exception>
    public async Task IsSurplusAsync(ConsumerSession session, IConnection connection, TimeSpan every, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (session.HasReceived && TryHandOver(await ProcessesAsync(connection, cancellationToken).ConfigureAwait(false), session))
            {
                return;
            }
        }
    }

    private bool TryHandOver(int processes, ConsumerSession session)
    {
        lock (_lock)
        {
            if (processes <= 1 || _active <= Shares(queue.Partitions, processes))
            {
                return false;
            }

            session.CountsAsActive = false;
            _active--;
            return true;
        }
    }

    private static int Shares(int all, int among) => (all + among - 1) / among;
}
