using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Outbox;

/// <summary>Counts what waits in the outbox, for the metrics.</summary>
internal sealed class OutboxMonitor(
    IServiceScopeFactory scopes,
    OutboxMetrics metrics,
    OutboxOptions options,
    TimeProvider time,
    ILogger<OutboxMonitor> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = MessagingActivities.Unrecorded();
        using var timer = new PeriodicTimer(options.MeasureInterval, time);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                metrics.State = await scope.ServiceProvider.GetRequiredService<IOutboxAdministration>().StateAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that is away must not end the measuring for good.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.OutboxNotMeasured(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
