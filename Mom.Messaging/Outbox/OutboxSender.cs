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
internal sealed class OutboxSender(IMessagePublisher publisher, StuckDestinations stuck, OutboxOptions options, TimeProvider time, ILogger<OutboxSender> logger)
{
    // The batch is a transaction, and its server ends one that says nothing for too long (idle_in_transaction_session_timeout): what a slow
    // broker has confirmed by then would be sent once more.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <param name="messages">What was claimed.</param>
    /// <param name="toStuck">Whether to send to destinations that are stuck, too.</param>
    public async Task<OutboxOutcome> SendAsync(IReadOnlyList<OutboxMessage> messages, bool toStuck = false)
    {
        var started = Stopwatch.GetTimestamp();
        var outcomes = await Task.WhenAll(
            messages.GroupBy(message => message.Key, StringComparer.Ordinal).Select(key => SendKeyAsync(key, toStuck, started))).ConfigureAwait(false);
        var sent = outcomes.SelectMany(outcome => outcome.Sent).ToList();
        var failed = outcomes.Where(outcome => outcome is { Fault: not null, IsOutage: false, IsUnconfirmed: false }).ToList();
        var unsent = failed.Select(outcome => Fail(outcome.Left!, outcome.Fault!)).ToList();
        var outage = outcomes.Where(outcome => outcome.IsOutage).Select(outcome => outcome.Fault).FirstOrDefault();
        var brokerIsThere = outage is null or PublishWindowFullException;
        if (!brokerIsThere)
        {
            stuck.Clear();
        }

        // What one message of a destination suggests, another may disprove.
        var answering = sent.Concat(failed.Select(outcome => outcome.Left!)).Select(message => message.Destination).ToHashSet();
        foreach (var destination in answering)
        {
            stuck.Remove(destination);
        }

        var unconfirmed = brokerIsThere ? outcomes.Where(outcome => outcome.IsUnconfirmed).ToList() : [];
        foreach (var destination in unconfirmed.GroupBy(outcome => outcome.Left!.Destination))
        {
            if (answering.Contains(destination.Key))
            {
                unsent.AddRange(destination.Select(outcome => Postpone(outcome.Left!, outcome.Fault!)));
            }
            else
            {
                stuck.Add(destination.Key, destination.First().Fault!.Message);
            }
        }

        return new OutboxOutcome([.. sent.Select(message => message.Id)], unsent, outage?.Message) { FoundStuck = unconfirmed.Count > 0 };
    }

    private async Task<KeyOutcome> SendKeyAsync(IEnumerable<OutboxMessage> messages, bool toStuck, long started)
    {
        var sent = new List<OutboxMessage>();
        foreach (var message in messages.TakeWhile(_ => Stopwatch.GetElapsedTime(started) < Longest))
        {
            if (!toStuck && stuck.Contains(message.Destination))
            {
                // Its turn comes when it is the oldest of its key.
                break;
            }

            try
            {
                await publisher.PublishAsync(message.Envelope, CancellationToken.None).ConfigureAwait(false);
                sent.Add(message);
            }
#pragma warning disable CA1031 // Whatever is wrong with one message, the other keys must go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return new KeyOutcome(sent, message, exception);
            }
        }

        return new KeyOutcome(sent, Left: null, Fault: null);
    }

    // It waits as long again as it has waited so far.
    private UnsentMessage Postpone(OutboxMessage message, Exception reason)
    {
        Log.RelayRowFailed(logger, message.Id, message.Envelope.Type, message.Attempts, reason.Message);
        return new UnsentMessage(message.Id, reason.Message, OutboxBackoff.Within(time.GetUtcNow() - message.Envelope.Timestamp)) { IsAttempt = false };
    }

    private UnsentMessage Fail(OutboxMessage message, Exception exception)
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

/// <summary>What became of the messages of one key, up to the first that was not sent.</summary>
/// <param name="Sent">Those that the broker confirmed.</param>
/// <param name="Left">The one that was not sent.</param>
/// <param name="Fault">Why it was not.</param>
internal sealed record KeyOutcome(List<OutboxMessage> Sent, OutboxMessage? Left, Exception? Fault)
{
    /// <summary>The broker takes nothing at present: not the message's fault, and no other key does better.</summary>
    public bool IsOutage => Fault is BrokerUnavailableException or ConnectionLostException or ConfirmTimeoutException { BlockedReason: not null };

    /// <summary>The broker is there and does not confirm this message: it costs no attempt, and the other keys need not wait for it.</summary>
    public bool IsUnconfirmed => !IsOutage && Fault is MessageNotConfirmedException;
}

/// <summary>What became of claimed messages. Those that are neither sent nor unsent are as they were.</summary>
/// <param name="Sent">Ids of those that the broker confirmed.</param>
/// <param name="Unsent">Those that it did not take.</param>
/// <param name="Outage">Why no message can be sent at present, or <see langword="null"/>.</param>
internal sealed record OutboxOutcome(IReadOnlyCollection<long> Sent, IReadOnlyCollection<UnsentMessage> Unsent, string? Outage)
{
    /// <summary>Whether a destination turned out to be stuck, so that others may go instead.</summary>
    public bool FoundStuck { get; init; }
}

/// <summary>How long a message that could not be sent waits: 0.5 s at first, doubling up to 30 s.</summary>
internal static class OutboxBackoff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="attempts">How often it could not be sent, from 1.</param>
    public static TimeSpan After(int attempts) => Within(Shortest * Math.Pow(2, Math.Min(attempts - 1, 16)));

    /// <summary>The nearest wait that is neither too short nor too long.</summary>
    public static TimeSpan Within(TimeSpan wait) => wait < Shortest ? Shortest : wait < Longest ? wait : Longest;
}
