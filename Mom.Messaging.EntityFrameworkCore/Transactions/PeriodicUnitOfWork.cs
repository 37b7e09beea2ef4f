using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Periodic;

namespace Mom.Messaging.EntityFrameworkCore.Transactions;

/// <summary>
/// Looks again and again for rows that something is due for, and does it in one transaction with the outbox: schedulers, reconcilers and the like. What is
/// due stands in the database, so it survives every restart; with <c>for update skip locked</c> any number of processes may look, and each takes other rows.
/// </summary>
/// <typeparam name="TContext">The context, whose model calls <see cref="MessagingModelBuilderExtensions.AddMessaging"/>.</typeparam>
/// <param name="scopes">Each transaction has a scope of its own.</param>
/// <param name="period">From the beginning of one turn to that of the next, above zero.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of failures.</param>
public abstract class PeriodicUnitOfWork<TContext>(IServiceScopeFactory scopes, TimeSpan period, TimeProvider time, ILogger logger) : PeriodicService(period, time, logger)
    where TContext : DbContext
{
    /// <summary>What is done within the transaction. It commits when this has returned.</summary>
    /// <param name="services">The scope: its context is that of the transaction.</param>
    /// <param name="cancellationToken">Fires when the process stops.</param>
    /// <returns>Whether there may be more to do at once, in a transaction of its own.</returns>
    protected abstract Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var more = false;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<UnitOfWork<TContext>>()
            .RunAsync(async () => more = await WorkAsync(scope.ServiceProvider, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return more;
    }
}
