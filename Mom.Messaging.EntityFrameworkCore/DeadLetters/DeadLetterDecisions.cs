using Microsoft.EntityFrameworkCore;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>What people decide about dead letters, within the caller's transaction. Each says why it did nothing, or <see langword="null"/>.</summary>
/// <typeparam name="TContext">The context, whose model calls <see cref="MessagingModelBuilderExtensions.AddMessaging"/>.</typeparam>
public sealed class DeadLetterDecisions<TContext>
    where TContext : DbContext
{
    private readonly TContext _database;
    private readonly ReplayedMessages<TContext> _messages;
    private readonly TimeProvider _time;

    internal DeadLetterDecisions(TContext database, ReplayedMessages<TContext> messages, TimeProvider time) =>
        (_database, _messages, _time) = (database, messages, time);

    /// <summary>The dead letter, locked, with what happened to it; <see langword="null"/> when there is none.</summary>
    public async Task<DeadLetterRow?> LockAsync(long id, CancellationToken cancellationToken)
    {
        var letter = await _database.Set<DeadLetterRow>().FromSql($"select * from dead_letters where id = {id} for update").SingleOrDefaultAsync(cancellationToken);
        if (letter is not null)
        {
            await _database.Entry(letter).Collection(row => row.Audit).LoadAsync(cancellationToken);
        }

        return letter;
    }

    /// <summary>Sends the message of a dead letter to its queue once more, with the commit.</summary>
    /// <param name="letter">One that <see cref="LockAsync"/> returned.</param>
    /// <param name="by">Who decides, for the audit.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public async Task<string?> ReplayAsync(DeadLetterRow letter, string by, CancellationToken cancellationToken)
    {
        var obstacle = Decided(letter) ?? await _messages.SendAsync(letter, cancellationToken);
        if (obstacle is null)
        {
            Change(letter, DeadLetterState.Replayed, by, AuditAction.Replayed);
        }

        return obstacle;
    }

    /// <summary>Gives a dead letter up. It stays to be looked at.</summary>
    /// <param name="letter">One that <see cref="LockAsync"/> returned.</param>
    /// <param name="by">Who decides, for the audit.</param>
    /// <param name="reason">Why, likewise.</param>
    public string? Discard(DeadLetterRow letter, string by, string? reason)
    {
        var obstacle = Decided(letter);
        if (obstacle is null)
        {
            Change(letter, DeadLetterState.Discarded, by, AuditAction.Discarded, reason);
        }

        return obstacle;
    }

    /// <summary>Changes what a replay will send. The original is kept.</summary>
    /// <param name="letter">One that <see cref="LockAsync"/> returned.</param>
    /// <param name="by">Who decides, for the audit.</param>
    /// <param name="body">The whole body.</param>
    public string? Edit(DeadLetterRow letter, string by, byte[] body)
    {
        var obstacle = Decided(letter)
            ?? (letter.BodyText.Length > DeadLetterRow.ShownLength ? "Its body is too large to be edited: not all of it is shown." : null);
        if (obstacle is null)
        {
            letter.OriginalBody ??= letter.Body;
            (letter.Body, letter.BodyText) = (body, DeadLetterRow.TextOf(body));
            letter.Note(_time.GetUtcNow(), by, AuditAction.Edited);
        }

        return obstacle;
    }

    /// <summary>An order for all that match and wait for a decision, as it would be: nothing has happened until its row is added to the context.</summary>
    /// <param name="id">Chosen by the caller: the same id is one operation.</param>
    /// <param name="kind">What is done.</param>
    /// <param name="filter">Which. Those that become dead letters later do not belong to it.</param>
    /// <param name="perSecond">Dead letters per second at most, 1 to 1,000; anything else is taken for the nearest.</param>
    /// <param name="by">Who decides, for the audit.</param>
    /// <param name="reason">Why, likewise.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<DeadLetterPlan> PlanAsync(
        Guid id, DeadLetterOperationKind kind, DeadLetterFilter filter, int perSecond, string by, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        filter = filter with { State = DeadLetterState.Dead };
        var groups = await _database.Set<DeadLetterRow>().AsNoTracking().Matching(filter).GroupBy(letter => new { letter.Queue, letter.Type })
            .Select(group => new { group.Key.Queue, group.Key.Type, Count = group.Count(), Newest = group.Max(letter => letter.Id) })
            .OrderByDescending(group => group.Count).ToListAsync(cancellationToken).ConfigureAwait(false);
        var operation = new DeadLetterOperationRow
        {
            Id = id,
            Kind = kind,
            Filter = filter.ToJson(),
            PerSecond = int.Clamp(perSecond, 1, 1_000),
            Reason = reason,
            By = by,
            Total = groups.Sum(group => group.Count),
            Newest = groups.Count == 0 ? 0 : groups.Max(group => group.Newest),
            StartedAt = _time.GetUtcNow(),
        };
        return new DeadLetterPlan(operation, [.. groups.Select(group => (group.Queue, group.Type, group.Count))]);
    }

    private void Change(DeadLetterRow letter, DeadLetterState state, string by, string action, string? detail = null)
    {
        (letter.State, letter.StateChangedAt) = (state, _time.GetUtcNow());
        letter.Note(letter.StateChangedAt, by, action, detail);
    }

#pragma warning disable CA1308 // A state's name in words.
    private static string? Decided(DeadLetterRow letter) =>
        letter.State == DeadLetterState.Dead ? null : $"It was {letter.State.ToString().ToLowerInvariant()} already.";
#pragma warning restore CA1308
}

/// <summary>What an order for many dead letters would do.</summary>
/// <param name="Operation">The order, not stored yet.</param>
/// <param name="Groups">How many dead letters match, by queue and wire name, the largest group first.</param>
public sealed record DeadLetterPlan(DeadLetterOperationRow Operation, IReadOnlyList<(string Queue, string Type, int Count)> Groups);
