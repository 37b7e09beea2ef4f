using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Outbox;

/// <summary>
/// Sends what is in the outbox, and deletes it once the broker has confirmed it. Dying between the two sends a message again,
/// with the same id: its receiver's inbox recognises it.
/// </summary>
internal sealed class OutboxRelay(
    IServiceScopeFactory scopes,
    OutboxSignal signal,
    OutboxSender sender,
    StuckDestinations stuck,
    OutboxOptions options,
    TimeProvider time,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int SetAsideAtOnce = 1_000;

    private long _setAsideAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = new ReconnectDelay();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Each message is sent within its own trace; what the relay does for all of them belongs to none.
                using var unrecorded = MessagingActivities.Unrecorded();
                while (await RelayBatchAsync(stoppingToken).ConfigureAwait(false))
                {
                    delay.Reset();
                }

                await signal.WaitAsync(options.PollInterval, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever keeps us from relaying, the remedy is to try again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.RelayFailed(logger, exception.Message);
                await delay.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Whether there may be more to send at once.</returns>
    /// <exception cref="OutboxOutageException">The broker takes nothing at present.</exception>
    private async Task<bool> RelayBatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IOutboxStore>();
        var hasSetAside = await SetAsideAsync(store, cancellationToken).ConfigureAwait(false);
        await using var batch = await store.ClaimAsync(new OutboxClaim(options.Keys, options.MessagesPerKey) { Except = stuck.All }, cancellationToken).ConfigureAwait(false);
        if (batch.Messages.Count == 0)
        {
            return hasSetAside;
        }

        var outcome = await sender.SendAsync(batch.Messages).ConfigureAwait(false);
        // Not to be cancelled: what has been sent should not be sent again just because the process stops.
        await batch.CompleteAsync(outcome.Sent, outcome.Unsent, CancellationToken.None).ConfigureAwait(false);
        MessagingMetrics.Relayed(outcome.Sent.Count);
        return outcome.Outage is null
            ? batch.MayBeMore && (outcome.Sent.Count > 0 || outcome.Unsent.Count > 0 || outcome.FoundStuck)
            : throw new OutboxOutageException(outcome.Outage);
    }

    // Seldom, for it is of use only where many messages are held up; but again and again while it finds some.
    private async Task<bool> SetAsideAsync(IOutboxStore store, CancellationToken cancellationToken)
    {
        if (_setAsideAt != 0 && time.GetElapsedTime(_setAsideAt) < options.PollInterval)
        {
            return false;
        }

        var found = await store.SetAsideAsync(stuck.All, SetAsideAtOnce, cancellationToken).ConfigureAwait(false) > 0;
        _setAsideAt = found ? 0 : time.GetTimestamp();
        return found;
    }
}

/// <summary>The broker takes nothing at present: the relay pauses.</summary>
internal sealed class OutboxOutageException(string message) : Exception(message);
