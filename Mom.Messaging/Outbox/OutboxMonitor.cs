using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Outbox;

/// <summary>
/// Counts what waits in the outbox, and measures it as it was counted last. Every process that shares an outbox reports the same figures.
/// </summary>
internal sealed class OutboxMonitor : BackgroundService
{
    private readonly Meter _meter = new(MessagingActivities.SourceName);
    private readonly IServiceScopeFactory _scopes;
    private readonly OutboxOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private OutboxState _state = OutboxState.Empty;

    public OutboxMonitor(IServiceScopeFactory scopes, StuckDestinations stuck, OutboxOptions options, TimeProvider time, ILogger<OutboxMonitor> logger)
    {
        _scopes = scopes;
        _options = options;
        _time = time;
        _logger = logger;
        _meter.CreateObservableGauge("mom.messaging.outbox.lag", () => _state.Lag.TotalSeconds, "s", "Age of the oldest message that could be sent.");
        _meter.CreateObservableGauge("mom.messaging.outbox.ready", () => _state.Ready, "{message}", "Messages to be sent.");
        _meter.CreateObservableGauge("mom.messaging.outbox.dead", () => _state.Dead, "{message}", "Dead messages of the outbox; a person must revive or discard them.");
        _meter.CreateObservableGauge("mom.messaging.outbox.held", () => _state.Held, "{message}", "Messages behind a dead one with the same key.");
        _meter.CreateObservableGauge("mom.messaging.outbox.stuck", () => stuck.All.Count, "{destination}", "Destinations that confirm nothing, although the broker is there.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = MessagingActivities.Unrecorded();
        using var timer = new PeriodicTimer(_options.MeasureInterval, _time);
        do
        {
            try
            {
                await using var scope = _scopes.CreateAsyncScope();
                _state = await scope.ServiceProvider.GetRequiredService<IOutboxAdministration>().StateAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that is unavailable must not end the measuring for good.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.OutboxNotMeasured(_logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
