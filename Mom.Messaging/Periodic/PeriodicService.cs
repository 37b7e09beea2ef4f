using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Periodic;

/// <summary>
/// Does something again and again, for as long as the process lives. A turn that fails is logged, once for as long as it fails, and the next one tries
/// again. Turns are not recorded in traces, but for what goes on in a trace of its own.
/// </summary>
/// <param name="period">From the beginning of one turn to that of the next, above zero.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of failures.</param>
public abstract partial class PeriodicService(TimeSpan period, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>One turn.</summary>
    /// <param name="cancellationToken">Fires when the process stops.</param>
    /// <returns>Whether there is more to do at once.</returns>
    protected abstract Task<bool> TurnAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            using var unrecorded = MessagingActivities.Unrecorded();
            try
            {
                while (await TurnAsync(stoppingToken).ConfigureAwait(false))
                {
                    // The next turn follows at once.
                }

                if (failing)
                {
                    failing = false;
                    LogBack(logger, GetType().Name);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A server that is unavailable comes back; whatever else it is, it must not end the process.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // Once: a server that is unavailable for an hour is not news each second.
                if (!failing)
                {
                    failing = true;
                    LogFailed(logger, GetType().Name, exception.Message);
                }
            }

            try
            {
                await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Service} failed and tries again: {Reason}")]
    private static partial void LogFailed(ILogger logger, string service, string reason);

    [LoggerMessage(2, LogLevel.Information, "{Service} works again")]
    private static partial void LogBack(ILogger logger, string service);
}
