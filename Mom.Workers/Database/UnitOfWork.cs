using Microsoft.EntityFrameworkCore.Storage;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Errors;
using Mom.Messaging.Inbox;
using Mom.Messaging.Outbox;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database;

/// <summary>
/// One transaction for a message's effect: the inbox row, the rows it changes, and the outbox rows of what follows. Dying before
/// the commit leaves nothing, dying after it leaves everything; a second delivery finds the inbox row and does nothing. What was refused stays
/// refused.
/// </summary>
internal sealed class UnitOfWork(
    MomDbContext database,
    EntityFrameworkOutbox<MomDbContext> outbox,
    IInbox inbox,
    OutboxSignal signal)
{
    private readonly List<Action> _afterCommit = [];

    /// <summary>Runs <paramref name="effect"/> unless the message has had it before, and commits.</summary>
    /// <exception cref="RefusalException">
    /// The effect threw it, now or at an earlier delivery: nothing has happened, but that the refusal was noted. A second delivery may come after
    /// others have acted, when the same effect would no longer be refused, although its caller was told so.
    /// </exception>
    public async Task RunOnceAsync(MessageContext message, Func<Task> effect, CancellationToken cancellationToken)
    {
        RefusalException refusal;
        await using (var transaction = await BeginAsync(cancellationToken))
        {
            if (!await inbox.TryAddAsync(message.MessageId, message.Queue, cancellationToken))
            {
                if (await inbox.RefusalOfAsync(message.MessageId, message.Queue, cancellationToken) is { } earlier)
                {
                    throw earlier;
                }

                return;
            }

            try
            {
                await effect();
                await CommitAsync(transaction, cancellationToken);
                return;
            }
            catch (RefusalException thrown)
            {
                refusal = thrown;
            }
        }

        await NoteAsync(refusal, message, cancellationToken);
        throw refusal;
    }

    /// <summary>Runs <paramref name="effect"/> in a transaction of its own, for work that no message caused, and commits.</summary>
    public async Task RunAsync(Func<Task> effect, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(cancellationToken);
        await effect();
        await CommitAsync(transaction, cancellationToken);
    }

    /// <summary>Adds a message to the outbox: it is sent after the commit, after all others with the same key.</summary>
    public void Send(Guid key, object message) => outbox.Add(KeyOf(key), message);

    /// <summary>
    /// Adds an event to the outbox that tells the pages of a user about a job, after the other such events of the same job; or about something else
    /// of the user, likewise. What the job itself sends never waits for them.
    /// </summary>
    public void Push(Guid about, object message) => outbox.Add(KeyOfPush(about), message);

    /// <summary>The key in the outbox of what <see cref="Send"/> adds.</summary>
    public static string KeyOf(Guid key) => key.ToString();

    /// <summary>The key in the outbox of what <see cref="Push"/> adds.</summary>
    public static string KeyOfPush(Guid about) => $"push {about}";

    /// <summary>Registers an action to run after the commit, such as a log entry. It must not throw.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    // In a transaction of its own, for that of the effect is undone. Dying between the two leaves nothing, and nobody has been told anything.
    private async Task NoteAsync(RefusalException refusal, MessageContext message, CancellationToken cancellationToken)
    {
        database.ChangeTracker.Clear();
        await using var transaction = await BeginAsync(cancellationToken);
        await inbox.RefuseAsync(message.MessageId, message.Queue, refusal, cancellationToken);
        await CommitAsync(transaction, cancellationToken);
    }

    private Task<IDbContextTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        _afterCommit.Clear();
        // A save that fails ends the whole: nobody goes back to a savepoint, which would cost two round trips in each transaction.
        database.Database.AutoSavepointsEnabled = false;
        return database.Database.BeginTransactionAsync(cancellationToken);
    }

    private async Task CommitAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Wake();
        _afterCommit.ForEach(action => action());
    }
}
