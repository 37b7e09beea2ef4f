using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Outbox;

/// <summary>
/// Tries destinations that are stuck, each with a few messages of its own, so that nothing else waits for their confirm. Once one is confirmed
/// the relay takes over.
/// </summary>
internal sealed class StuckDestinationsProbe(
    IServiceScopeFactory scopes,
    StuckDestinations stuck,
    OutboxSender sender,
    OutboxSignal signal,
    ILogger<StuckDestinationsProbe> logger) : BackgroundService
{
    // More than one, for it may be one message that gets no confirm while others of the same destination do.
    private const int Messages = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = MessagingActivities.Unrecorded();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var due = await stuck.NextAsync(stoppingToken).ConfigureAwait(false);
                await Task.WhenAll(due.Select(destination => TryAsync(destination, stoppingToken))).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task TryAsync(OutboxDestination destination, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<IOutboxStore>();
            await using var batch = await store.ClaimAsync(new OutboxClaim(Messages, 1) { Only = destination }, cancellationToken).ConfigureAwait(false);
            if (batch.Messages.Count == 0)
            {
                // Nothing waits there, or another relay has it.
                stuck.Remove(destination);
                return;
            }

            var outcome = await sender.SendAsync(batch.Messages, toStuck: true).ConfigureAwait(false);
            await batch.CompleteAsync(outcome.Sent, outcome.Unsent, CancellationToken.None).ConfigureAwait(false);
            MessagingMetrics.Relayed(outcome.Sent.Count);
            if (!stuck.Contains(destination))
            {
                signal.Wake();
            }
            else if (outcome.Outage is { } outage)
            {
                stuck.Add(destination, outage);
            }
        }
#pragma warning disable CA1031 // Whatever keeps us from trying it, such as a database that is unavailable, it is tried again later.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.RelayFailed(logger, exception.Message);
            stuck.Add(destination, exception.Message);
        }
    }
}
