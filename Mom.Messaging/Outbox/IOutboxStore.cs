using Mom.Messaging.Envelopes;

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

/// <summary>A stored message.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Key">Messages with the same key are sent one after another, in the order of their ids.</param>
/// <param name="Attempts">How often the broker did not take it.</param>
/// <param name="Envelope">What is to be sent.</param>
public sealed record OutboxMessage(long Id, string Key, int Attempts, Envelope Envelope);

/// <summary>A stored message that could not be sent.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Error">Why.</param>
/// <param name="NextAttempt">When to try again, counted from now; <see langword="null"/> for never: the message is dead.</param>
public sealed record UnsentMessage(long Id, string Error, TimeSpan? NextAttempt);
