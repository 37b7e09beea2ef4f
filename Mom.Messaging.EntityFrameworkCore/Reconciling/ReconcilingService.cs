using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Messaging.EntityFrameworkCore.Transactions;
using Mom.Messaging.Errors;
using Mom.Messaging.Topology;

namespace Mom.Messaging.EntityFrameworkCore.Reconciling;

/// <summary>
/// Finds what waits in the database for a message that is in no queue any more, and sends the message again: the broker's disk may be lost. Derive from it, and
/// say what is silent. Any number of processes may look. What is sent again may be there still, so its handler must take it twice, as the inbox does.
/// </summary>
/// <typeparam name="TContext">The context, whose model calls <see cref="MessagingModelBuilderExtensions.AddMessaging"/>.</typeparam>
public abstract partial class ReconcilingService<TContext> : PeriodicUnitOfWork<TContext>
    where TContext : DbContext
{
    private readonly IQueueDepths _depths;
    private readonly string[] _queues;
    private readonly LossSuspicion _suspicion;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Looks every <see cref="ReconcilingOptions.Period"/>.</summary>
    /// <param name="queues">The work queues of the topology through which the messages and their answers go; their retry queues are looked at as well.</param>
    /// <param name="options">How often, and when a message counts as lost.</param>
    /// <param name="scopes">Each transaction has a scope of its own.</param>
    /// <param name="depths">Asks the broker.</param>
    /// <param name="topology">The topology.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of what was sent again, and of failures.</param>
    /// <exception cref="ArgumentException">The topology has no such queue.</exception>
    protected ReconcilingService(
        IReadOnlyCollection<string> queues,
        ReconcilingOptions options,
        IServiceScopeFactory scopes,
        IQueueDepths depths,
        BrokerTopology topology,
        TimeProvider time,
        ILogger logger)
        : base(scopes, options.Period, time, logger)
    {
        (_depths, _suspicion, _time, _logger) = (depths, new LossSuspicion(options), time, logger);
        _queues = [.. queues.Select(topology.Queue).SelectMany(queue => queue.RetryQueues.Concat(queue.WorkQueues))];
    }

    /// <summary>Sends again what is silent, in the transaction of the scope. What has a row in the outbox is not lost.</summary>
    /// <param name="services">The scope.</param>
    /// <param name="silence">For how long nothing was heard of it at least.</param>
    /// <param name="reason">Why, for people, given when it was heard of the last time.</param>
    /// <param name="cancellationToken">Fires when the process stops.</param>
    /// <returns>How many, and whether there may be more to do at once.</returns>
    protected abstract Task<(int Count, bool More)> SendAgainAsync(
        IServiceProvider services, TimeSpan silence, Func<DateTimeOffset, string> reason, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        // Before the transaction, which should not wait for the broker.
        _suspicion.Note(await CountReadyAsync(cancellationToken).ConfigureAwait(false), _time.GetUtcNow());
        return await base.TurnAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected sealed override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        var now = _time.GetUtcNow();
        var (count, more) = await SendAgainAsync(services, _suspicion.Patience(now), heard => _suspicion.Reason(now, heard), cancellationToken).ConfigureAwait(false);
        if (count > 0)
        {
            services.GetRequiredService<UnitOfWork<TContext>>().AfterCommit(() => LogSentAgain(_logger, count));
        }

        return more;
    }

    private async Task<long?> CountReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _depths.CountReadyAsync(_queues, cancellationToken).ConfigureAwait(false);
        }
        catch (BrokerUnavailableException)
        {
            return null;
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "Sent {Count} messages again that may be lost: nothing was heard of them")]
    private static partial void LogSentAgain(ILogger logger, int count);
}

/// <summary>How often a <see cref="ReconcilingService{TContext}"/> looks, and when a message counts as lost.</summary>
/// <param name="Period">From one look to the next.</param>
/// <param name="WhenQueuesAreEmpty">How long nothing was heard while all of its queues were empty. Longer than a message is in flight at most.</param>
/// <param name="InAnyCase">How long nothing was heard, whatever is in the queues. Longer than all retries with their delays, and than the longest backlog should take.</param>
public sealed record ReconcilingOptions(TimeSpan Period, TimeSpan WhenQueuesAreEmpty, TimeSpan InAnyCase);
