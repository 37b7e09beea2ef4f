using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Outbox;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>Adds messages to the outbox of the same context, and so of the same transaction, as their cause.</summary>
/// <typeparam name="TContext">The context whose model has the outbox.</typeparam>
public sealed class EntityFrameworkOutbox<TContext>(TContext database, IOutboxEnvelopes envelopes)
    where TContext : DbContext
{
    /// <summary>Adds a message. It is sent after the transaction has committed; without a commit it never existed.</summary>
    /// <param name="key">
    /// Messages with the same key are sent in the order in which they were added, as long as transactions that add to one key
    /// follow each other, as they do when they lock the row that the key stands for.
    /// </param>
    /// <param name="message">A message whose contract is registered.</param>
    /// <param name="options">Deviations from the contract's defaults; an outbox keeps no time to live.</param>
    public void Add(string key, object message, PublishOptions? options = null) => Add(key, envelopes.Create(message, options));

    /// <summary>Adds a message that is serialised already, such as a dead letter that is replayed.</summary>
    /// <param name="key">As above.</param>
    /// <param name="envelope">With its own id, priority, headers and, if it has one, trace; without one it joins the current trace.</param>
    public void Add(string key, Envelope envelope) =>
        database.Add(OutboxRowEnvelope.Write(key, envelope.Portable() with { TraceParent = envelope.TraceParent ?? Activity.Current?.Id }));

    /// <summary>The row of a message, for who writes many of them in one statement: see <see cref="MessagingCommands.AddToOutbox"/>.</summary>
    /// <param name="key">As above.</param>
    /// <param name="message">A message whose contract is registered.</param>
    /// <param name="options">Deviations from the contract's defaults; an outbox keeps no time to live.</param>
    public OutboxRow RowOf(string key, object message, PublishOptions? options = null) => OutboxRowEnvelope.Write(key, envelopes.Create(message, options).Portable());
}
