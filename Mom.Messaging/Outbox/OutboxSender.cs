using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.Outbox;

/// <summary>
/// Sends the messages of a batch: those of one key one after another, each after the confirm of the one before, and all keys at
/// the same time.
/// </summary>
internal sealed class OutboxSender(IMessagePublisher publisher, OutboxOptions options, ILogger<OutboxSender> logger)
{
    // The batch is a transaction, and its server ends one that says nothing for too long (idle_in_transaction_session_timeout): what a slow
    // broker has confirmed by then would be sent once more.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public async Task<OutboxOutcome> SendAsync(IReadOnlyList<OutboxMessage> messages)
    {
        var started = Stopwatch.GetTimestamp();
        var outcomes = await Task.WhenAll(messages.GroupBy(message => message.Key, StringComparer.Ordinal).Select(key => SendKeyAsync(key, started))).ConfigureAwait(false);
        return new OutboxOutcome(
            [.. outcomes.SelectMany(outcome => outcome.Sent)],
            [.. outcomes.SelectMany(outcome => outcome.Unsent)],
            outcomes.FirstOrDefault(outcome => outcome.Outage is not null)?.Outage);
    }

    private async Task<OutboxOutcome> SendKeyAsync(IEnumerable<OutboxMessage> messages, long started)
    {
        var sent = new List<long>();
        foreach (var message in messages.TakeWhile(_ => Stopwatch.GetElapsedTime(started) < Longest))
        {
            try
            {
                await publisher.PublishAsync(message.Envelope, CancellationToken.None).ConfigureAwait(false);
                sent.Add(message.Id);
            }
            catch (Exception exception) when (exception is BrokerUnavailableException or ConnectionLostException or ConfirmTimeoutException)
            {
                // Not the message's fault: it costs no attempt, and what comes after it waits.
                return new OutboxOutcome(sent, [], exception.Message);
            }
#pragma warning disable CA1031 // Whatever is wrong with one message, the other keys must go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return new OutboxOutcome(sent, [Postpone(message, exception)], Outage: null);
            }
        }

        return new OutboxOutcome(sent, [], Outage: null);
    }

    private UnsentMessage Postpone(OutboxMessage message, Exception exception)
    {
        var attempts = message.Attempts + 1;
        if (attempts >= options.MaxAttempts || exception is MessageUnsendableException)
        {
            Log.OutboxMessageDied(logger, exception, message.Id, message.Envelope.Type, message.Key, attempts);
            return new UnsentMessage(message.Id, exception.Message, NextAttempt: null);
        }

        Log.RelayRowFailed(logger, message.Id, message.Envelope.Type, attempts, exception.Message);
        return new UnsentMessage(message.Id, exception.Message, OutboxBackoff.After(attempts));
    }
}

/// <summary>What became of claimed messages. Those that are neither sent nor unsent were not tried.</summary>
/// <param name="Sent">Ids of those that the broker confirmed.</param>
/// <param name="Unsent">Those that it did not take.</param>
/// <param name="Outage">Why no message can be sent at present, or <see langword="null"/>.</param>
internal sealed record OutboxOutcome(IReadOnlyCollection<long> Sent, IReadOnlyCollection<UnsentMessage> Unsent, string? Outage);

/// <summary>How long a message that could not be sent waits: 0.5 s at first, doubling up to 30 s.</summary>
internal static class OutboxBackoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="attempts">How often it could not be sent, from 1.</param>
    public static TimeSpan After(int attempts)
    {
        var delay = TimeSpan.FromSeconds(0.5 * Math.Pow(2, Math.Min(attempts - 1, 16)));
        return delay < Longest ? delay : Longest;
    }
}
