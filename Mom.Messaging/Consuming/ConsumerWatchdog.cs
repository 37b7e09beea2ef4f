using Mom.Messaging.Diagnostics;
using RabbitMQ.Client;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Ends a session that receives nothing although messages are ready. Every state that a broker and a client agree on ends a
/// session by an event; this is for those that they do not agree on, such as a consumer that only one of them knows of. A handler that exceeds
/// its time does not count as at work: otherwise one that never ends would hide the silence for ever.
/// </summary>
internal sealed class ConsumerWatchdog(LaneState lane, ConsumerSession session, IConnection connection, TimeSpan limit, TimeProvider time)
{
    /// <summary>Watches until the token fires.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var started = time.GetUtcNow();
            using var timer = new PeriodicTimer(limit / 2, time);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                // Twice, half a limit apart: what was ready at the first look may have been on its way.
                if (IsIdleSince(started) && await ReadyAsync(cancellationToken).ConfigureAwait(false) > 0
                    && await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false)
                    && IsIdleSince(started) && await ReadyAsync(cancellationToken).ConfigureAwait(false) is var ready and > 0)
                {
                    MessagingMetrics.Replaced(lane.Lane.Queue);
                    session.End($"nothing was delivered for {limit.TotalSeconds:0.#} s although {ready} messages are ready");
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The session has ended by itself.
        }
#pragma warning disable CA1031 // Not even that can be asked: the session is no better off.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            session.End(exception.Message);
        }
    }

    private bool IsIdleSince(DateTimeOffset started) =>
        lane.AtWork == 0 && time.GetUtcNow() - (lane.LastDelivery is { } last && last > started ? last : started) >= limit;

    // On a channel of its own: a passive declare of a queue that is gone closes its channel.
    private async Task<uint> ReadyAsync(CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        // Of the consumers of a partition one receives, and which of them is not told.
        return lane.Share is { } share && !session.HasReceived && await share.ProcessesAsync(connection, cancellationToken).ConfigureAwait(false) > 1
            ? 0
            : await channel.MessageCountAsync(lane.Lane.Queue, cancellationToken).ConfigureAwait(false);
    }
}
