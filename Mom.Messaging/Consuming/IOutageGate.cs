namespace Mom.Messaging.Consuming;

/// <summary>
/// Distinguishes a message that cannot be handled from a server that is unavailable, such as the database. With a gate, messages that fail because
/// of that server are held until it is available: that counts as no attempt, and makes no dead letter, however long the outage lasts.
/// Only as many messages are held as the consumer takes at a time; all others stay in their queue. One that has been held for
/// <see cref="ConsumerOptions.HoldLimit"/> is given back to its queue, before the broker's consumer timeout. Queries are not held, for
/// their callers do not wait so long: they are answered with the outage at once, and so are the callers of commands that are held.
/// </summary>
public interface IOutageGate
{
    /// <summary>
    /// Whether the server is known to be unavailable. False at once while no outage is known; during one, the result of the next
    /// check. So a request during an outage fails at once instead of running into the same timeout, and one right after the outage is not
    /// refused by an old result.
    /// </summary>
    /// <param name="reads">Whether it is about a message that changes nothing: a server that answers reads and refuses writes is available for it.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    Task<bool> IsStillUnavailableAsync(bool reads, CancellationToken cancellationToken);

    /// <summary>Finds out whether a handler failed because the server is unavailable, and does not wait until it is back.</summary>
    /// <param name="exception">What the handler threw.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    Task<bool> IsUnavailableAsync(Exception exception, CancellationToken cancellationToken);

    /// <summary>Finds out whether a handler failed because the server is unavailable, and if so waits until it is back.</summary>
    /// <param name="exception">What the handler threw.</param>
    /// <param name="cancellationToken">Cancels the wait: the message goes back to its queue as it was.</param>
    /// <returns>True when the server was unavailable and is back: the handler is to be called again. False when the failure is the message's own.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    Task<bool> WaitIfUnavailableAsync(Exception exception, CancellationToken cancellationToken);

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
