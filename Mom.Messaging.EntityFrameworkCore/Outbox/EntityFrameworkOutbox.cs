using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Outbox;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>Adds messages to the outbox of the same context, and so of the same transaction, as their cause.</summary>
/// <typeparam name="TContext">The context whose model has the outbox.</typeparam>
public sealed class EntityFrameworkOutbox<TContext>(TContext database, IOutboxEnvelopes envelopes)
    where TContext : DbContext
{
    /// <summary>Adds a message. It is sent after the transaction has committed; without a commit it never existed.</summary>
    /// <param name="key">Messages with the same key are sent in the order in which they were added.</param>
    /// <param name="message">A message whose contract is registered.</param>
    public void Add(string key, object message)
    {
        var envelope = envelopes.Create(message);
        database.Add(new OutboxRow
        {
            Key = key,
            MessageId = envelope.MessageId,
            Exchange = envelope.Exchange,
            RoutingKey = envelope.RoutingKey,
            Type = envelope.Type,
            Priority = envelope.Priority,
            Body = envelope.Body.ToArray(),
            TraceParent = envelope.TraceParent,
            CreatedAt = envelope.Timestamp,
            NextAttemptAt = envelope.Timestamp,
        });
    }
}
