using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mom.Hosting.Reporting;

/// <summary>Writes the <see cref="StartReport"/> to the host's log.</summary>
internal sealed class StartReporter(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService resourceLogs,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    StartReportOptions options,
    ILogger<StartReporter> log) : IDistributedApplicationEventingSubscriber
{
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LogTimeout = TimeSpan.FromSeconds(5);

    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        if (executionContext.IsRunMode)
            _ = ReportAsync(new StartReport(model.Resources, options, time), lifetime.ApplicationStopping);
        return Task.CompletedTask;
    }

    private async Task ReportAsync(StartReport report, CancellationToken stopping)
    {
        try
        {
            await Task.WhenAll(WatchAsync(report, stopping), LookAsync(report, stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops.
        }
        catch (Exception exception)
        {
            log.ReportingFailed(exception);
        }
    }

    private async Task WatchAsync(StartReport report, CancellationToken stopping)
    {
        await foreach (var update in notifications.WatchAsync(stopping))
        {
            StartReport.Failure? failure;
            StartReport.Completion? completion;
            lock (report)
            {
                failure = report.Observe(update);
                completion = report.Complete();
            }

            if (failure is not null)
                _ = TellAsync(failure, stopping);
            if (completion is not null)
                log.AllAreHealthy(completion.Resources, completion.Took, string.Concat(completion.Addresses.Select(address => Environment.NewLine + "  " + address)));
        }
    }

    private async Task LookAsync(StartReport report, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LooksEvery, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            IEnumerable<StartReport.Failure> overdue;
            lock (report)
                overdue = report.Overdue();
            foreach (var failure in overdue)
                _ = TellAsync(failure, stopping);
        }
    }

    private async Task TellAsync(StartReport.Failure failure, CancellationToken stopping)
    {
        var lines = await LastLinesAsync(failure.Id, stopping);
        log.ResourceFailed(
            failure.Id,
            failure.What,
            failure.Waiting.Count > 0 ? $"; waiting for it: {string.Join(", ", failure.Waiting)}" : "",
            string.Concat(lines.Select(line => Environment.NewLine + "  | " + line)));
    }

    private async Task<IReadOnlyList<string>> LastLinesAsync(string id, CancellationToken stopping)
    {
        var lines = new List<string>();
        // A log that does not end, or that cannot be read, is no reason to say nothing.
        using var timeout = new CancellationTokenSource(LogTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            await foreach (var batch in resourceLogs.GetAllAsync(id).WithCancellation(either.Token))
                lines.AddRange(batch.Select(line => line.Content));
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogNotRead(exception, id);
        }

        return LogTail.Of(lines, options.LogLines);
    }
}
