namespace Mom.Messaging.Consuming;

/// <summary>
/// Tells a message that cannot be handled from a server that is unavailable, such as the database. Register one, and what fails because
/// of that server is held until it is available: it costs no attempt, and does not become a dead letter, however long the outage lasts.
/// Only as many messages are held as the consumer takes at a time; all others stay in their queue. One that has been held for
/// <see cref="ConsumerOptions.HoldLimit"/> is given back to its queue, before the broker's own patience ends. Queries are not held, for
/// their callers do not wait so long: they are answered with the outage at once, and so are the callers of commands that are held.
/// </summary>
public interface IOutageGate
{
    /// <summary>
    /// Whether the server is known to be unavailable. False at once where nothing is known of an outage; in one, what the next look at the
    /// server finds. A request that comes meanwhile tells its caller soon instead of running into the same timeout, and one that comes just
    /// after the outage is not refused from memory.
    /// </summary>
    /// <param name="reads">Whether it is about a message that changes nothing: a server that answers reads and refuses writes is there for it.</param>
    /// <param name="cancellationToken">Ends the waiting for that look.</param>
    /// <exception cref="OperationCanceledException">The waiting has ended.</exception>
    Task<bool> IsStillAwayAsync(bool reads, CancellationToken cancellationToken);

    /// <summary>Finds out whether a handler failed because the server is unavailable, and does not wait until it is back.</summary>
    /// <param name="exception">What the handler threw.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="OperationCanceledException">The asking has ended.</exception>
    Task<bool> IsAwayAsync(Exception exception, CancellationToken cancellationToken);

    /// <summary>Finds out whether a handler failed because the server is unavailable, and if so waits until it is back.</summary>
    /// <param name="exception">What the handler threw.</param>
    /// <param name="cancellationToken">Ends the waiting: the message goes back to its queue as it was.</param>
    /// <returns>True when the server was unavailable and is back: the handler is to be called again. False when the failure is the message's own.</returns>
    /// <exception cref="OperationCanceledException">The waiting has ended.</exception>
    Task<bool> WaitIfAwayAsync(Exception exception, CancellationToken cancellationToken);

    /// <summary>
    /// How often a message that failed like this is tried again without being charged an attempt, although the server is available: after
    /// the delays of its queue (<see cref="Topology.QueueDefinition.RetryDelays"/>), the last of them again and again.
    /// </summary>
    /// <param name="exception">What the handler threw.</param>
    /// <returns>
    /// 0 when the failure may be the message's own; <see cref="int.MaxValue"/> for what no message can cause, such as a lock that another
    /// transaction holds; a number in between where both is possible.
    /// </returns>
    int UnchargedRetries(Exception exception) => 0;
}
