namespace Mom.Messaging.Outbox;

/// <summary>Operations of an administrator on an outbox.</summary>
public interface IOutboxAdministration
{
    /// <summary>Counts the messages of the outbox, now.</summary>
    Task<OutboxState> StateAsync(CancellationToken cancellationToken);

    /// <summary>The dead messages, oldest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    Task<IReadOnlyList<DeadOutboxMessage>> ListDeadAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Sends dead messages again, from the first attempt; those behind them follow in order.</summary>
    /// <param name="ids">Which; ids that are not dead are left as they are.</param>
    /// <param name="cancellationToken">Cancels; nothing has changed then.</param>
    /// <returns>How many were dead.</returns>
    Task<int> ReviveAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Deletes dead messages unsent; those behind them are sent.</summary>
    /// <inheritdoc cref="ReviveAsync" path="/param|/returns"/>
    Task<int> DiscardAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);
}

/// <summary>The counts of an outbox, at one moment. Each number is exact below <see cref="Counted"/>.</summary>
/// <param name="Ready">Messages that are to be sent, those included that wait for their next attempt; an estimate from <see cref="Counted"/> on.</param>
/// <param name="Dead">Messages that were given up; at most <see cref="Counted"/>, which then means so many or more.</param>
/// <param name="Held">Messages that wait behind a dead one with the same key; likewise.</param>
/// <param name="Lag">The age of the oldest message that is ready and not held up; zero when there is none.</param>
public sealed record OutboxState(long Ready, long Dead, long Held, TimeSpan Lag)
{
    /// <summary>How many messages of a kind are counted, and no further: counting a large outbox would load the database when it is already busy.</summary>
    public const int Counted = 10_000;

    /// <summary>Nothing waits.</summary>
    public static OutboxState Empty { get; } = new(0, 0, 0, TimeSpan.Zero);
}

/// <summary>A stored message that the broker did not take in all its attempts. It and the messages behind it wait for a person.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Key">The key that it holds up.</param>
/// <param name="Type">Wire name.</param>
/// <param name="MessageId">The message's identity.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastError">Why it was not sent the last time.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="DeadAt">When it was given up.</param>
/// <param name="Held">How many messages with the same key wait behind it.</param>
public sealed record DeadOutboxMessage(
    long Id,
    string Key,
    string Type,
    Guid MessageId,
    int Attempts,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset DeadAt,
    int Held);
