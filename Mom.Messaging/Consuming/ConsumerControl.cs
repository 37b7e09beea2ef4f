namespace Mom.Messaging.Consuming;

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
