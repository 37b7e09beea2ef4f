namespace Mom.Messaging.Outbox;

/// <summary>Messages of an outbox that one relay has claimed.</summary>
public interface IOutboxBatch : IAsyncDisposable
{
    /// <summary>The messages, oldest first.</summary>
    IReadOnlyList<OutboxMessage> Messages { get; }

    /// <summary>
    /// Deletes what was sent, schedules or buries what was not, leaves the rest as it was, and gives up the claim.
    /// </summary>
    /// <param name="sent">Ids of the messages that the broker confirmed.</param>
    /// <param name="unsent">Messages that it did not take.</param>
    /// <param name="cancellationToken">Cancels; all messages of the batch will then be sent again.</param>
    Task CompleteAsync(IReadOnlyCollection<long> sent, IReadOnlyCollection<UnsentMessage> unsent, CancellationToken cancellationToken);
}
