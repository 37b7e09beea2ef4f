using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Topology;

namespace Mom.Messaging.DeadLetters;

/// <summary>
/// Moves dead letters from their queues into the store. While the store is away they stay where they are, and it is tried again with
/// growing delays, up to 5 s.
/// </summary>
internal sealed partial class DeadLetterConsumer(
    BrokerConnections connections,
    BrokerTopology topology,
    IServiceScopeFactory scopes,
    ILogger<DeadLetterConsumer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = new ReconnectDelay();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var connection = await connections.Consume.WaitAsync(stoppingToken).ConfigureAwait(false);
                await using var session = await DeadLetterSession.OpenAsync(connection, topology, stoppingToken).ConfigureAwait(false);
                while (await session.ReadAsync(stoppingToken).ConfigureAwait(false) is { Count: > 0 } batch)
                {
                    await MoveAsync(session, batch, stoppingToken).ConfigureAwait(false);
                    delay.Reset();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever keeps us from storing, the remedy is to try again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogFailed(exception.Message);
            }

            await delay.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MoveAsync(DeadLetterSession session, List<(DeadLetter Letter, ulong Tag)> batch, CancellationToken cancellationToken)
    {
        try
        {
            await StoreAsync([.. batch.Select(item => item.Letter)], cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It may be one letter that cannot be stored: the others must not wait for it.
        catch (Exception exception) when (batch.Count > 1 && exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            batch = await StoreEachAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (_, tag) in batch)
        {
            await session.AckAsync(tag).ConfigureAwait(false);
        }
    }

    /// <returns>Those that were stored. The others stay un-acked, and are tried again by the next session.</returns>
    /// <exception cref="Exception">Not even one could be stored: it is the store, not the letter.</exception>
    private async Task<List<(DeadLetter Letter, ulong Tag)>> StoreEachAsync(List<(DeadLetter Letter, ulong Tag)> batch, CancellationToken cancellationToken)
    {
        var stored = new List<(DeadLetter, ulong)>();
        foreach (var item in batch)
        {
            try
            {
                await StoreAsync([item.Letter], cancellationToken).ConfigureAwait(false);
                stored.Add(item);
            }
#pragma warning disable CA1031 // See above.
            catch (Exception exception) when (exception is not OperationCanceledException && (stored.Count > 0 || item != batch[^1]))
#pragma warning restore CA1031
            {
                LogNotStored(item.Letter.Message.Type, item.Letter.Message.MessageId, item.Letter.Queue, exception.Message);
            }
        }

        return stored;
    }

    private async Task StoreAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IDeadLetterStore>().StoreAsync(letters, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Warning, "Dead letters stay in their queues, they cannot be stored: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(2, LogLevel.Error, "The dead letter {MessageType} {MessageId} of {Queue} cannot be stored: {Reason}")]
    private partial void LogNotStored(string messageType, Guid messageId, string queue, string reason);
}
