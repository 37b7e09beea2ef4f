using Microsoft.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Transactions;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>
/// Dead letters for people: to look for them, and to decide about one or many, each decision in a transaction of its own. Within a transaction that is open
/// use <see cref="DeadLetterDecisions{TContext}"/>. A service of the scope; it checks nobody's rights.
/// </summary>
/// <typeparam name="TContext">The context, whose model calls <see cref="MessagingModelBuilderExtensions.AddMessaging"/>.</typeparam>
public sealed class DeadLetterAdministration<TContext>(TContext database, UnitOfWork<TContext> work, DeadLetterDecisions<TContext> decisions)
    where TContext : DbContext
{
    /// <summary>All that match, for a query of any kind; see also <see cref="DeadLetterQuery.CausesAsync"/>.</summary>
    /// <param name="filter">Which.</param>
    public IQueryable<DeadLetterRow> Matching(DeadLetterFilter filter) => database.Set<DeadLetterRow>().AsNoTracking().Matching(filter);

    /// <summary>One with all that happened to it; <see langword="null"/> when there is none.</summary>
    /// <param name="id">The dead letter.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<DeadLetterRow?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.Set<DeadLetterRow>().AsNoTracking().Include(letter => letter.Audit).SingleOrDefaultAsync(letter => letter.Id == id, cancellationToken);

    /// <summary>Sends the message of a dead letter to its queue once more: with its id, priority, headers and trace, as its first attempt.</summary>
    /// <param name="id">The dead letter.</param>
    /// <param name="by">Who decides, for the audit.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then, unless the commit was under way.</param>
    /// <returns>Why it was not sent, in a sentence for people; <see langword="null"/> when it will be.</returns>
    public Task<string?> ReplayAsync(long id, string by, CancellationToken cancellationToken) =>
        DecideAsync(id, letter => decisions.ReplayAsync(letter, by, cancellationToken), cancellationToken);

    /// <summary>Gives a dead letter up. It stays to be looked at.</summary>
    /// <param name="reason">Why, for the audit.</param>
    /// <inheritdoc cref="ReplayAsync"/>
    /// <returns>Why it was not given up; <see langword="null"/> when it was.</returns>
    public Task<string?> DiscardAsync(long id, string by, string? reason, CancellationToken cancellationToken) =>
        DecideAsync(id, letter => Task.FromResult(decisions.Discard(letter, by, reason)), cancellationToken);

    /// <summary>Changes what a replay will send. The original is kept.</summary>
    /// <param name="body">The whole body.</param>
    /// <inheritdoc cref="ReplayAsync"/>
    /// <returns>Why it was not changed; <see langword="null"/> when it was.</returns>
    public Task<string?> EditAsync(long id, string by, byte[] body, CancellationToken cancellationToken) =>
        DecideAsync(id, letter => Task.FromResult(decisions.Edit(letter, by, body)), cancellationToken);

    /// <summary>Orders a decision about all that match and wait for one. It is carried out in the background, survives restarts, and its row tells how far it is.</summary>
    /// <inheritdoc cref="DeadLetterDecisions{TContext}.PlanAsync" path="/param"/>
    public async Task<DeadLetterPlan> StartAsync(
        Guid id, DeadLetterOperationKind kind, DeadLetterFilter filter, int perSecond, string by, string? reason, CancellationToken cancellationToken)
    {
        DeadLetterPlan plan = null!;
        await work.RunAsync(
            async () =>
            {
                plan = await decisions.PlanAsync(id, kind, filter, perSecond, by, reason, cancellationToken).ConfigureAwait(false);
                database.Add(plan.Operation);
            },
            cancellationToken).ConfigureAwait(false);
        return plan;
    }

    private async Task<string?> DecideAsync(long id, Func<DeadLetterRow, Task<string?>> decide, CancellationToken cancellationToken)
    {
        string? obstacle = null;
        await work.RunAsync(
            async () => obstacle = await decisions.LockAsync(id, cancellationToken).ConfigureAwait(false) is { } letter
                ? await decide(letter).ConfigureAwait(false)
                : "There is no such dead letter.",
            cancellationToken).ConfigureAwait(false);
        return obstacle;
    }
}
