using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Errors;
using Mom.Messaging.Inbox;
using Mom.Messaging.Outbox;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.EntityFrameworkCore.Transactions;

/// <summary>
/// One transaction for a message's effect: the inbox row, the rows it changes, and the outbox rows of what follows. Dying before
/// the commit leaves nothing, dying after it leaves everything; a second delivery finds the inbox row and does nothing. What was refused stays
/// refused. A handler that takes it, or its context, is run in it (<see cref="MessagingBuilderExtensions.AddPostgres{TContext}"/>).
/// </summary>
/// <typeparam name="TContext">The context, whose model calls <see cref="MessagingModelBuilderExtensions.AddMessaging"/>.</typeparam>
public sealed class UnitOfWork<TContext>(TContext database, EntityFrameworkOutbox<TContext> outbox, IInbox inbox, OutboxSignal signal, TimeProvider time)
    where TContext : DbContext
{
    private readonly List<Action> _afterCommit = [];
    private readonly Lock _lock = new();
    private readonly List<OutboxRow> _published = [];

    /// <summary>The context of the transaction: what is changed in it is saved with the commit.</summary>
    public TContext Database => database;

    /// <summary>Runs <paramref name="effect"/> unless the message has had it before, and commits. What the delivery publishes meanwhile goes to the outbox.</summary>
    /// <param name="message">The delivery.</param>
    /// <param name="effect">The effect.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then, unless the commit was under way.</param>
    /// <exception cref="RefusalException">
    /// The effect threw it, now or at an earlier delivery: nothing has happened, but that the refusal was noted. A second delivery may come after
    /// others have acted, when the same effect would no longer be refused, although its caller was told so.
    /// </exception>
    public async Task RunOnceAsync(MessageContext message, Func<Task> effect, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(effect);
        RefusalException refusal;
        var transaction = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (!await inbox.TryAddAsync(message.MessageId, message.Queue, cancellationToken).ConfigureAwait(false))
            {
                if (await inbox.RefusalOfAsync(message.MessageId, message.Queue, cancellationToken).ConfigureAwait(false) is { } earlier)
                {
                    throw earlier;
                }

                return;
            }

            try
            {
                await effect().ConfigureAwait(false);
                await CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RefusalException thrown)
            {
                refusal = thrown;
            }
        }

        await NoteAsync(refusal, message, cancellationToken).ConfigureAwait(false);
        throw refusal;
    }

    /// <summary>Runs <paramref name="effect"/> in a transaction of its own, for work that no message caused, and commits.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then, unless the commit was under way.</param>
    public async Task RunAsync(Func<Task> effect, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var transaction = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await effect().ConfigureAwait(false);
            await CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds a message to the outbox: it is sent after the commit, after all others with the same key.</summary>
    /// <inheritdoc cref="EntityFrameworkOutbox{TContext}.Add(string, object, PublishOptions)"/>
    public void Send(string key, object message, PublishOptions? options = null) => outbox.Add(key, message, options);

    /// <summary>Registers an action to run after the commit, such as a log entry. It must not throw.</summary>
    /// <param name="action">The action. It is forgotten when there is no commit.</param>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Runs the effect of many messages in one transaction.</summary>
    /// <exception cref="InvalidOperationException">One of them has had its effect before, or is there twice: nothing has happened.</exception>
    internal async Task RunOnceAsync(IReadOnlyList<MessageContext> messages, Func<Task> effect, CancellationToken cancellationToken)
    {
        var (ids, queue, now) = (messages.Select(message => message.MessageId).ToArray(), messages[0].Queue, time.GetUtcNow());
        var transaction = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // In the order of their ids: two that note the same messages wait for each other in one direction only.
            var news = await database.Database.ExecuteSqlAsync(
                $"insert into inbox (message_id, queue, handled_at) select id, {queue}, {now} from unnest({ids}) as m (id) order by id on conflict do nothing",
                cancellationToken).ConfigureAwait(false);
            if (news < messages.Count)
            {
                throw new InvalidOperationException("Some of these messages have had their effect before. Each is handled alone.");
            }

            await effect().ConfigureAwait(false);
            await CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds a message that a handler publishes. It may do so from several threads, and the context is for one: the row is added with the commit.</summary>
    internal void Publish(string key, object message, PublishOptions? options)
    {
        var row = outbox.RowOf(key, message, options);
        lock (_lock)
            _published.Add(row);
    }

    // In a transaction of its own, for that of the effect is undone. Dying between the two leaves nothing, and nobody has been told anything.
    private async Task NoteAsync(RefusalException refusal, MessageContext message, CancellationToken cancellationToken)
    {
        database.ChangeTracker.Clear();
        var transaction = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await inbox.RefuseAsync(message.MessageId, message.Queue, refusal, cancellationToken).ConfigureAwait(false);
            await CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<IDbContextTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        _afterCommit.Clear();
        _published.Clear();
        // A save that fails ends the whole: nobody goes back to a savepoint, which would cost two round trips in each transaction.
        database.Database.AutoSavepointsEnabled = false;
        return database.Database.BeginTransactionAsync(cancellationToken);
    }

    private async Task CommitAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        lock (_lock)
            database.AddRange(_published);
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        signal.Wake();
        _afterCommit.ForEach(action => action());
    }
}
