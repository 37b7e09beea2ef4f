namespace Mom.Messaging.Outbox;

/// <summary>Where messages wait that were stored in the same transaction as their cause. Any number of relays may share it.</summary>
public interface IOutboxStore
{
    /// <summary>
    /// Claims messages that are due, with all their keys: no other relay gets a message of the same key, so that the order within a
    /// key is kept. The claim lasts until the batch is disposed; dying gives it up.
    /// </summary>
    /// <param name="keys">Keys at most.</param>
    /// <param name="messagesPerKey">Messages of one key at most: its oldest ones, without a gap.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    Task<IOutboxBatch> ClaimAsync(int keys, int messagesPerKey, CancellationToken cancellationToken);
}
