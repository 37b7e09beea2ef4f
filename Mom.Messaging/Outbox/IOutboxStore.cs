namespace Mom.Messaging.Outbox;

/// <summary>Where messages wait that were stored in the same transaction as their cause. Any number of relays may share it.</summary>
public interface IOutboxStore
{
    /// <summary>
    /// Claims messages that are due, at most the oldest one of each key, so that the order within a key is kept. The claim lasts
    /// until the batch is disposed; dying gives it up.
    /// </summary>
    /// <param name="limit">Messages at most.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    Task<IOutboxBatch> ClaimAsync(int limit, CancellationToken cancellationToken);
}
