using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Inbox;

/// <summary>Forgets what the inbox need not remember any longer, in small batches. Any number of processes may do it at once.</summary>
internal sealed class InboxCleaner(IServiceScopeFactory scopes, InboxOptions options, TimeProvider time, ILogger<InboxCleaner> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = MessagingActivities.Unrecorded();
        using var timer = new PeriodicTimer(options.CleanInterval, time);
        do
        {
            try
            {
                await CleanAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that is unavailable must not end the cleaning for good.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.InboxNotCleaned(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <returns>How many messages were forgotten.</returns>
    internal async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Retention;
        var total = 0;
        int forgotten;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            forgotten = await scope.ServiceProvider.GetRequiredService<IInboxStore>()
                .ForgetAsync(before, options.CleanBatch, cancellationToken).ConfigureAwait(false);
            total += forgotten;
        }
        while (forgotten >= options.CleanBatch);

        if (total > 0)
        {
            Log.InboxCleaned(logger, total);
        }

        return total;
    }
}

/// <summary>How long an inbox remembers. Register one of these before the engine's inbox to deviate from the defaults.</summary>
public sealed record InboxOptions
{
    /// <summary>
    /// How long a message is remembered. A duplicate that comes later has its effect again: keep it longer than any message can
    /// wait in a queue, a retry tier or with a person who replays dead letters.
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often to look for what can be forgotten.</summary>
    public TimeSpan CleanInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Rows that one statement deletes, so that none holds its locks for long.</summary>
    public int CleanBatch { get; init; } = 1_000;

    internal InboxOptions Checked()
    {
        OptionsCheck.InRange(Retention, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(36_500), "InboxOptions.Retention");
        OptionsCheck.IsWait(CleanInterval, option: "InboxOptions.CleanInterval");
        OptionsCheck.InRange(CleanBatch, 1, 1_000_000, "InboxOptions.CleanBatch");
        return this;
    }
}
