using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Consuming;
using Mom.Messaging.Topology;

namespace Mom.Messaging.DeadLetters;

/// <summary>
/// Moves dead letters from their queues into the store. While the store is unavailable they stay where they are, and it is tried again with
/// growing delays, up to 5 s. A dead letter that the store does not take, although it takes others or answers, is kept in quarantine: it must not
/// stand in the way of those behind it.
/// </summary>
internal sealed partial class DeadLetterConsumer(
    BrokerConnections connections,
    BrokerTopology topology,
    BrokerUser user,
    IServiceScopeFactory scopes,
    IEnumerable<IOutageGate> gates,
    Quarantine quarantine,
    ILogger<DeadLetterConsumer> logger) : BackgroundService
{
    // Once could be a deadlock, or a connection that broke.
    private const int Attempts = 3;

    // By queue and id; few, as they are forgotten with their outcome.
    private readonly Dictionary<(string Queue, Guid MessageId), int> _failures = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = new ReconnectDelay();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var connection = await connections.Consume.WaitAsync(stoppingToken).ConfigureAwait(false);
                await using var session = await DeadLetterSession.OpenAsync(connection, topology, user.Name, stoppingToken).ConfigureAwait(false);
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
#pragma warning disable CA1031 // It may be one dead letter that cannot be stored: the others must not wait for it.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (await gates.WaitIfUnavailableAsync(exception, cancellationToken).ConfigureAwait(false))
            {
                await MoveAsync(session, batch, cancellationToken).ConfigureAwait(false);
                return;
            }

            await MoveEachAsync(session, batch, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var (_, tag) in batch)
        {
            await session.AckAsync(tag).ConfigureAwait(false);
        }
    }

    /// <exception cref="Exception">One could not be stored yet. It is un-acked, and is tried again by the next session.</exception>
    private async Task MoveEachAsync(DeadLetterSession session, List<(DeadLetter Letter, ulong Tag)> batch, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var (letter, tag) in batch)
        {
            var key = (letter.Queue, letter.Message.MessageId);
            try
            {
                await StoreAsync([letter], cancellationToken).ConfigureAwait(false);
                _failures.Remove(key);
                await session.AckAsync(tag).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // See above.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogNotStored(letter.Message.Type, letter.Message.MessageId, letter.Queue, exception.Message);
                // Without a gate nobody can say whether the store is unavailable: then only a store that takes others is known to be there.
                var itsOwnFault = gates.Any()
                    ? !await gates.WaitIfUnavailableAsync(exception, cancellationToken).ConfigureAwait(false)
                    : batch.Count > 1;
                // A full disk must not keep the other dead letters from the store either.
                if (itsOwnFault && (_failures[key] = _failures.GetValueOrDefault(key) + 1) >= Math.Max(Attempts, gates.UnchargedRetries(exception))
                    && await quarantine.TryKeepInFileAsync(letter.Queue, letter.Message, exception, cancellationToken).ConfigureAwait(false))
                {
                    _failures.Remove(key);
                    await session.AckAsync(tag).ConfigureAwait(false);
                }
                else
                {
                    last = exception;
                }
            }
        }

        if (last is not null)
        {
            // The next session gets it again, after a delay.
            throw new InvalidOperationException(last.Message, last);
        }
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
