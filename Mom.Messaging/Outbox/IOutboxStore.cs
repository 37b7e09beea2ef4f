using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Outbox;

/// <summary>Stores messages in the same transaction as their cause, until they are sent. Any number of relays may share it.</summary>
public interface IOutboxStore
{
    /// <summary>
    /// Claims messages that are due, with all their keys: no other relay gets a message of the same key, so that the order within a
    /// key is kept. The claim lasts until the batch is disposed; dying gives it up.
    /// </summary>
    /// <param name="claim">Which messages.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    Task<IOutboxBatch> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken);

    /// <summary>
    /// Postpones messages that are due and cannot be sent, because the message before them with the same key is dead, waits for its next attempt or
    /// goes to a destination that confirms nothing: so that claims need not look at them each time. They go with the one before them all the same.
    /// Without a claim of theirs they are due again after 5 minutes at most.
    /// </summary>
    /// <param name="stuck">Destinations that confirm nothing.</param>
    /// <param name="limit">Messages to look at for each destination at most, the longest due first.</param>
    /// <param name="cancellationToken">Cancels; nothing has changed then.</param>
    /// <returns>How many were postponed.</returns>
    Task<int> SetAsideAsync(IReadOnlyCollection<OutboxDestination> stuck, int limit, CancellationToken cancellationToken);
}

/// <summary>Where a message of the outbox goes.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="RoutingKey">The routing key.</param>
public readonly record struct OutboxDestination(string Exchange, string RoutingKey)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Exchange}:{RoutingKey}";
}

/// <summary>Which messages of an outbox a relay wants.</summary>
/// <param name="Keys">Keys at most: those whose oldest message is due. No destination is preferred; for one destination, the longest due first.</param>
/// <param name="MessagesPerKey">Messages of one key at most: its oldest ones, without a gap.</param>
public sealed record OutboxClaim(int Keys, int MessagesPerKey)
{
    /// <summary>No keys whose oldest message goes there.</summary>
    public IReadOnlyCollection<OutboxDestination> Except { get; init; } = [];

    /// <summary>Only keys whose oldest message goes there; <see langword="null"/> for all.</summary>
    public OutboxDestination? Only { get; init; }
}

/// <summary>Messages of an outbox that one relay has claimed.</summary>
public interface IOutboxBatch : IAsyncDisposable
{
    /// <summary>The messages, oldest first.</summary>
    IReadOnlyList<OutboxMessage> Messages { get; }

    /// <summary>After the completion: whether there may be more messages that are not dead. True where the store cannot tell.</summary>
    bool MayBeMore => true;

    /// <summary>
    /// Deletes the messages that were sent, schedules the unsent ones or marks them as dead, leaves the rest as it was, and releases the claim.
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
public sealed record OutboxMessage(long Id, string Key, int Attempts, Envelope Envelope)
{
    /// <summary>Where it goes.</summary>
    public OutboxDestination Destination => new(Envelope.Exchange, Envelope.RoutingKey);
}

/// <summary>A stored message that could not be sent.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Error">Why.</param>
/// <param name="NextAttempt">When to try again, counted from now; <see langword="null"/> for never: the message is dead.</param>
public sealed record UnsentMessage(long Id, string Error, TimeSpan? NextAttempt)
{
    /// <summary>Whether it counts as an attempt.</summary>
    public bool IsAttempt { get; init; } = true;
}
