using Microsoft.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>
/// Puts the message of a dead letter into the outbox once more: the same id, so that an effect which it has had already is not had
/// twice; the same priority; the trace in which it died; its first attempt.
/// </summary>
/// <remarks>The headers of its sender go with it, the sender's name and the number of the replay; no others of the engine, and the broker's never.</remarks>
internal sealed class ReplayedMessages<TContext>(
    EntityFrameworkOutbox<TContext> outbox, BrokerTopology topology, IEnumerable<IDeadLetterObserver> observers, PublisherOptions publishing, TimeProvider time)
    where TContext : DbContext
{
    /// <param name="letter">With its audit.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    /// <returns>Why it was not sent, or <see langword="null"/>.</returns>
    public async Task<string?> SendAsync(DeadLetterRow letter, CancellationToken cancellationToken)
    {
        var sent = DeadLetterHeaders.Sent(letter.Headers);
        var key = topology.RoutingKeyFor(letter.Queue, sent.GetValueOrDefault(MessageHeaders.PartitionKey) as string);
        var message = new Envelope(topology.CommandExchange, key, StorableText.Original(letter.Type), letter.MessageId, letter.Priority, letter.Body)
        {
            Timestamp = time.GetUtcNow(),
            TraceParent = letter.TraceParent,
            Headers = new Dictionary<string, object?>(sent, StringComparer.Ordinal)
            {
                [MessageHeaders.Replay] = letter.Replays + 1,
                // A replay is published by this process, to its own queues among others: it must not make a message the process' own.
                [MessageHeaders.Sender] = DeadLetterHeaders.Texts(letter.Headers).GetValueOrDefault(MessageHeaders.Sender, string.Empty),
            },
        }.Portable();
        if (message.Body.Length > publishing.MaxBodyBytes)
        {
            return $"It has {message.Body.Length:N0} bytes, more than can be sent ({publishing.MaxBodyBytes:N0}).";
        }

        var replay = new DeadLetterReplay(letter);
        foreach (var observer in observers)
        {
            if (await observer.ReplayingAsync(replay, cancellationToken).ConfigureAwait(false) is { } obstacle)
            {
                return obstacle;
            }
        }

        outbox.Add(replay.Key, message);
        return null;
    }
}
