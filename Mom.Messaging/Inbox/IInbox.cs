using Mom.Messaging.Errors;

namespace Mom.Messaging.Inbox;

/// <summary>Remembers which messages have had their effect, in the same transaction as the effect, and which were refused.</summary>
public interface IInbox
{
    /// <summary>
    /// Notes a message in the current transaction. A second delivery that comes at the same time waits here until the first has
    /// committed or failed.
    /// </summary>
    /// <returns>False when the message has had its effect already.</returns>
    Task<bool> TryAddAsync(Guid messageId, string queue, CancellationToken cancellationToken);

    /// <summary>
    /// Notes in the current transaction that a message was refused, so that a second delivery is refused too: by then its handler could find things as
    /// they were not when its sender was told no. Does nothing when the message is noted already.
    /// </summary>
    Task RefuseAsync(Guid messageId, string queue, RefusalException refusal, CancellationToken cancellationToken);

    /// <summary>How a message was refused; <see langword="null"/> when it is not noted, or has had its effect.</summary>
    Task<RefusalException?> RefusalOfAsync(Guid messageId, string queue, CancellationToken cancellationToken);
}

/// <summary>Where an inbox keeps what it remembers.</summary>
public interface IInboxStore
{
    /// <summary>Forgets messages that had their effect before a time.</summary>
    /// <param name="before">The time.</param>
    /// <param name="limit">At most so many messages.</param>
    /// <param name="cancellationToken">Cancels; nothing was forgotten then.</param>
    /// <returns>How many were forgotten; fewer than <paramref name="limit"/> when there are no more.</returns>
    Task<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
