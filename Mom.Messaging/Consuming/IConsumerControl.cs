namespace Mom.Messaging.Consuming;

/// <summary>
/// Shows and steers the consumers of this process. A pause lasts until it is lifted or the process ends; other processes that
/// consume the same queue go on.
/// </summary>
public interface IConsumerControl
{
    /// <summary>All consumers of this process.</summary>
    IReadOnlyList<ConsumerStatus> Consumers { get; }

    /// <summary>
    /// Receives nothing more from the queue. Returns when that is so; messages that are being handled by then are finished, and
    /// those that were received but not begun go back to the queue.
    /// </summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the pause.</param>
    /// <exception cref="ArgumentException">This process does not consume that queue.</exception>
    Task PauseAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Receives again; nothing happens where it was not paused. Returns when messages can come in, or at once while there is no connection.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the resuming.</param>
    /// <exception cref="ArgumentException">This process does not consume that queue.</exception>
    Task ResumeAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Pauses, and waits until nothing is being handled any more.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the pause.</param>
    /// <exception cref="ArgumentException">This process does not consume that queue.</exception>
    Task DrainAsync(string queue, CancellationToken cancellationToken = default);
}
