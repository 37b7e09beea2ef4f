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
    /// <param name="cancellationToken">Cancels the wait, not the pause.</param>
    /// <exception cref="ArgumentException">This process does not consume that queue.</exception>
    Task PauseAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Receives again; nothing happens where it was not paused. Returns when messages can come in, or at once while there is no connection.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="cancellationToken">Cancels the wait, not the resuming.</param>
    /// <exception cref="ArgumentException">This process does not consume that queue.</exception>
    Task ResumeAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Pauses, and waits until nothing is being handled any more.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="cancellationToken">Cancels the wait, not the pause.</param>
    /// <exception cref="ArgumentException">This process does not consume that queue.</exception>
    Task DrainAsync(string queue, CancellationToken cancellationToken = default);
}

/// <inheritdoc cref="IConsumerControl"/>
internal sealed class ConsumerControl(IEnumerable<QueueConsumer> consumers) : IConsumerControl
{
    public IReadOnlyList<ConsumerStatus> Consumers => [.. consumers.Select(consumer => consumer.Status)];

    public Task PauseAsync(string queue, CancellationToken cancellationToken = default) => Of(queue).PauseAsync(cancellationToken);

    public Task ResumeAsync(string queue, CancellationToken cancellationToken = default) => Of(queue).ResumeAsync(cancellationToken);

    public Task DrainAsync(string queue, CancellationToken cancellationToken = default) => Of(queue).DrainAsync(cancellationToken);

    private QueueConsumer Of(string queue) =>
        consumers.FirstOrDefault(consumer => string.Equals(consumer.Queue, queue, StringComparison.Ordinal))
        ?? throw new ArgumentException($"This process does not consume '{queue}'. It consumes: {string.Join(", ", consumers.Select(consumer => consumer.Queue))}.", nameof(queue));
}

/// <summary>The consumer of one queue in this process, at one moment.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="State">What it is doing.</param>
/// <param name="InFlight">Messages that are being handled.</param>
/// <param name="LastDelivery">When the broker last delivered something, or <see langword="null"/> if it never has.</param>
/// <param name="Handled">Messages that were handled, refused ones included, since the process started.</param>
/// <param name="Failed">Attempts that failed, since the process started.</param>
public sealed record ConsumerStatus(string Queue, ConsumerState State, int InFlight, DateTimeOffset? LastDelivery, long Handled, long Failed)
{
    /// <summary>Handlers that exceed <see cref="ConsumerOptions.HandlerTimeout"/> and have not ended, abandoned ones included.</summary>
    public int Stuck { get; init; }
}

/// <summary>What a consumer is doing.</summary>
public enum ConsumerState
{
    /// <summary>It is not connected (any more) and is coming back by itself.</summary>
    Reconnecting,

    /// <summary>It receives messages.</summary>
    Consuming,

    /// <summary>It receives no further messages; some that it has are still being handled.</summary>
    Draining,

    /// <summary>It was told to receive nothing until it is resumed, and nothing is being handled.</summary>
    Paused,
}
