using Mom.Messaging.Topology;
using RabbitMQ.Client;

namespace Mom.Messaging.Consuming.Keys;

/// <summary>
/// Spreads the partitions of a queue over the processes that consume it. The broker makes the first consumer of a partition the active one, which
/// would leave all of them to the process that started first. So a process that is active in more than its share hands one over at a time: its consumer
/// finishes, ends, and begins again behind those of the others.
/// </summary>
/// <param name="partitions">How many there are.</param>
internal sealed class PartitionShare(int partitions)
{
    private readonly Lock _lock = new();
    private int _active;

    /// <summary>A consumer of this process is active in one more partition, or in one less.</summary>
    public void Active(int change)
    {
        lock (_lock)
            _active += change;
    }

    /// <summary>Looks again and again, until the token fires, whether a consumer should hand its partition over; ends when that is so.</summary>
    /// <exception cref="OperationCanceledException">The token has fired.</exception>
    public async Task IsSurplusAsync(ConsumerSession session, string queue, IConnection connection, TimeSpan every, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (session.HasReceived && TryHandOver(await ConsumersAsync().ConfigureAwait(false), session))
            {
                return;
            }
        }

        async Task<uint> ConsumersAsync()
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return await channel.ConsumerCountAsync(queue, cancellationToken).ConfigureAwait(false);
        }
    }

    // Each process has a consumer of each partition.
    private bool TryHandOver(uint processes, ConsumerSession session)
    {
        lock (_lock)
        {
            if (processes <= 1 || _active <= (partitions + processes - 1) / processes)
            {
                return false;
            }

            session.CountsAsActive = false;
            _active--;
            return true;
        }
    }
}
