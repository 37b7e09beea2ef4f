namespace Mom.Messaging.Outbox;

/// <summary>What a person can do about an outbox.</summary>
public interface IOutboxAdministration
{
    /// <summary>What waits in the outbox now.</summary>
    Task<OutboxState> StateAsync(CancellationToken cancellationToken);

    /// <summary>The dead messages, oldest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    Task<IReadOnlyList<DeadOutboxMessage>> ListDeadAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Has dead messages sent after all, from the first attempt; those behind them follow in order.</summary>
    /// <param name="ids">Which; ids that are not dead are left as they are.</param>
    /// <param name="cancellationToken">Cancels; nothing has changed then.</param>
    /// <returns>How many were dead.</returns>
    Task<int> ReviveAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Deletes dead messages unsent; those behind them are sent.</summary>
    /// <inheritdoc cref="ReviveAsync" path="/param|/returns"/>
    Task<int> DiscardAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);
}
