namespace Mom.Messaging.Inbox;

/// <summary>Remembers which messages have had their effect, in the same transaction as the effect.</summary>
public interface IInbox
{
    /// <summary>
    /// Notes a message in the current transaction. A second delivery that comes at the same time waits here until the first has
    /// committed or failed.
    /// </summary>
    /// <returns>False when the message has had its effect already.</returns>
    Task<bool> TryAddAsync(Guid messageId, string queue, CancellationToken cancellationToken);
}
