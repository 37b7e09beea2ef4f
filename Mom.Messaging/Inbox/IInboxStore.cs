namespace Mom.Messaging.Inbox;

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
