using System.Collections.ObjectModel;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.Consuming;

/// <summary>The delivery that a handler works on, and how the handler publishes messages of its own.</summary>
/// <param name="MessageId">The message's identity; the same each time it is delivered.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Attempt">Which attempt this is, from 1. A delivery that a stopping process gave back does not count.</param>
/// <param name="MaxAttempts">How many attempts there are before the message becomes a dead letter.</param>
/// <param name="SentAt">When it was published for the first time, to the second.</param>
public sealed record MessageContext(Guid MessageId, string Queue, int Attempt, int MaxAttempts, DateTimeOffset SentAt)
{
    // Shared with the copies of this record: what is published through one of them is awaited by all.
    private readonly Publishes _publishes = new();

    /// <summary>Whether the message becomes a dead letter if this attempt fails.</summary>
    public bool IsLastAttempt => Attempt >= MaxAttempts;

    /// <summary>The message's priority, 1 to 10.</summary>
    public byte Priority { get; init; } = MessagePriority.Normal;

    /// <summary>The message's headers, those of the engine included; see <see cref="Envelopes.MessageHeaders"/>.</summary>
    public IReadOnlyDictionary<string, object?> Headers { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>What the message belongs to, as its sender said; <see langword="null"/> where it did not. See <see cref="MessageHeaders.Correlation"/>.</summary>
    public string? CorrelationId => Headers.GetValueOrDefault(MessageHeaders.Correlation) as string;

    /// <summary>The message from whose handling this one follows; <see langword="null"/> where its sender did not say.</summary>
    public Guid? CausationId => Guid.TryParse(Headers.GetValueOrDefault(MessageHeaders.Causation) as string, out var id) ? id : null;

    /// <summary>For which tenant the message is, as its sender said; <see langword="null"/> for none. See <see cref="MessageHeaders.Tenant"/>.</summary>
    public string? Tenant => Headers.GetValueOrDefault(MessageHeaders.Tenant) as string;

    /// <summary>
    /// Until when the sender of a request waits for the reply, to the millisecond, by the sender's clock; <see langword="null"/>
    /// when nobody waits.
    /// </summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Fires when the handler's time is over or the process can wait no longer for it; the same token that the handler is called with.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal IMessagePublisher? Publisher { get; init; }

    /// <summary>Takes what is published through here, in place of the broker, for as long as a transaction is open.</summary>
    internal IMessagePublisher? Outbox { get; set; }

    /// <summary>See <see cref="OnceAsync"/>.</summary>
    internal Func<Func<Task>, Task>? Once { get; set; }

    /// <summary>Enters what belongs to this message of a batch, its span and the tags of its logs; <see langword="null"/> where it is entered already.</summary>
    internal Func<IDisposable>? Enter { get; init; }

    /// <summary>
    /// Does a part of a batch's work that is this message's alone: its span is the current one meanwhile, so that what is stored to be sent later joins
    /// its trace, and <see cref="Diagnostics.MessageTags.Set"/> sets tags of it. For a message that is handled alone that is so all the time.
    /// </summary>
    /// <param name="work">The work.</param>
    public void InTrace(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using (Enter?.Invoke())
            work();
    }

    /// <summary>
    /// Runs the effect of a request in the unit of work that is around its handler: in one transaction with the inbox, and not at all when the message has
    /// had it before. What is published meanwhile through here goes to the outbox. Returns after the commit.
    /// </summary>
    /// <param name="effect">The effect.</param>
    /// <exception cref="Errors.RefusalException">The effect threw it, now or at an earlier delivery, and nothing has happened.</exception>
    /// <exception cref="InvalidOperationException">There is no unit of work around the handler.</exception>
    public Task OnceAsync(Func<Task> effect) => (Once ?? throw new InvalidOperationException(
        "There is no unit of work around this handler. Register one, as AddPostgres of Mom.Messaging.EntityFrameworkCore does."))(effect);

    /// <summary>
    /// Publishes a message. In a unit of work it goes to the outbox, and is sent after the commit. Otherwise the handler need not await it: the message that
    /// it works on is acked only when everything that was published through here has been confirmed, and counts as failed when one of them was not.
    /// </summary>
    /// <param name="message">A message whose contract is registered.</param>
    /// <param name="options">Deviations from the contract's defaults. Correlation, tenant and propagated headers are those of this delivery where they name none.</param>
    /// <exception cref="Errors.MessagingException">See <see cref="IMessagePublisher.PublishAsync{TMessage}"/>.</exception>
    /// <exception cref="InvalidOperationException">The context was not made by the engine.</exception>
    public Task PublishAsync<TMessage>(TMessage message, PublishOptions? options = null)
        where TMessage : class
    {
        var publisher = Outbox ?? Publisher ?? throw new InvalidOperationException("Only a context that the engine hands to a handler can publish.");
        // Known from the flow of the code in most cases; not in a batch.
        var follows = MessageTags.InFlight?.MessageId == MessageId ? options : (options ?? new PublishOptions()) with { Cause = this };
        var publish = publisher.PublishAsync(message, follows, CancellationToken);
        _publishes.Add(publish);
        return publish;
    }

    /// <summary>Waits until everything that was published through here is confirmed.</summary>
    internal Task ConfirmedAsync() => _publishes.EndedAsync();

    // Most handlers publish nothing: then there is no list.
    private sealed class Publishes
    {
        private List<Task>? _tasks;

        public void Add(Task publish)
        {
            lock (this)
                (_tasks ??= []).Add(publish);
        }

        public Task EndedAsync()
        {
            lock (this)
                return _tasks is { } tasks ? Task.WhenAll(tasks) : Task.CompletedTask;
        }
    }
}
