using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.Outbox;

/// <summary>
/// Sends what is in the outbox, and deletes it once the broker has confirmed it. Dying between the two sends a message again,
/// with the same id: its receiver's inbox recognises it.
/// </summary>
public sealed class OutboxRelay(
    IServiceScopeFactory scopes,
    OutboxSignal signal,
    IMessagePublisher publisher,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int BatchSize = 100;

    // Only for what nobody woke us for: rows whose next attempt has come, and those of a process that died after its commit.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = new ReconnectDelay();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await RelayBatchAsync(stoppingToken).ConfigureAwait(false))
                {
                    delay.Reset();
                }

                await signal.WaitAsync(PollInterval, stoppingToken).ConfigureAwait(false);
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
    private async Task<bool> RelayBatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IOutboxStore>();
        await using var batch = await store.ClaimAsync(BatchSize, cancellationToken).ConfigureAwait(false);
        if (batch.Messages.Count == 0)
        {
            return false;
        }

        var outcomes = await Task.WhenAll(batch.Messages.Select(SendAsync)).ConfigureAwait(false);
        var unsent = outcomes.OfType<UnsentMessage>().ToList();
        var sent = batch.Messages.Select(message => message.Id).Except(unsent.Select(message => message.Id)).ToList();
        // Not to be cancelled: what has been sent should not be sent again just because the process stops.
        await batch.CompleteAsync(sent, unsent, CancellationToken.None).ConfigureAwait(false);
        return sent.Count > 0;
    }

    private async Task<UnsentMessage?> SendAsync(OutboxMessage message)
    {
        try
        {
            await publisher.PublishAsync(message.Envelope, CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (MessagingException exception)
        {
            Log.RelayRowFailed(logger, message.Id, message.Envelope.Type, message.Attempts + 1, exception.Message);
            return new UnsentMessage(message.Id, exception.Message, OutboxBackoff.After(message.Attempts + 1));
        }
    }
}
