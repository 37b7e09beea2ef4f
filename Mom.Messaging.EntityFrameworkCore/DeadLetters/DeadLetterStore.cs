using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Mom.Messaging.DeadLetters;
using Mom.Messaging.EntityFrameworkCore.Transactions;
using Mom.Messaging.Envelopes;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>
/// Keeps dead letters in Postgres. A dead letter is known by its queue and message id: a message that died again after a replay is the same letter,
/// dead once more, and the same delivery twice changes nothing. Which death is the newer, <see cref="IsNews"/> says.
/// </summary>
internal sealed class DeadLetterStore<TContext>(TContext database, UnitOfWork<TContext> work, IEnumerable<IDeadLetterObserver> observers, TimeProvider time) : IDeadLetterStore
    where TContext : DbContext
{
    public Task StoreAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) => work.RunAsync(
        async () =>
        {
            foreach (var letter in letters)
            {
                if (await StoreAsync(letter, cancellationToken) is { } dead)
                {
                    foreach (var observer in observers)
                    {
                        await observer.DiedAsync(dead, cancellationToken);
                    }
                }

                // Saved one by one: the same letter may be among them twice.
                await database.SaveChangesAsync(cancellationToken);
            }
        },
        cancellationToken);

    /// <returns>The dead letter as it is now; <see langword="null"/> when all of this was known.</returns>
    private async Task<DeadLetterRow?> StoreAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var known = await database.Set<DeadLetterRow>().FromSql(
            $"select * from dead_letters where queue = {letter.Queue} and message_id = {letter.Message.MessageId} for update").SingleOrDefaultAsync(cancellationToken);
        var died = Time(letter.Message, MessageHeaders.LastFailedAt);
        if (known is null)
        {
            return database.Set<DeadLetterRow>().Add(New(letter, died)).Entity;
        }

        await database.Entry(known).Collection(row => row.Audit).LoadAsync(cancellationToken);
        if (!IsNews(known, letter, died))
        {
            return null;
        }

        Describe(known, letter, died, AuditAction.DiedAgain);
        return known;
    }

    /// <summary>
    /// Whether a dead letter tells of a later death than the one that is known. A replay takes its number with it: what died of an earlier replay is old, and
    /// the first death of the present one is new, whatever the clocks of the workers say. Otherwise these are copies of one message, or a
    /// worker of before the numbers has replayed it, and the time decides: of the two ways to be wrong, to show a dead letter that is dealt with is the
    /// better one.
    /// </summary>
    private static bool IsNews(DeadLetterRow known, DeadLetter letter, DateTimeOffset died)
    {
        var replays = known.Replays;
        var numbered = int.TryParse(Header(letter.Message, MessageHeaders.Replay), NumberStyles.None, CultureInfo.InvariantCulture, out var replay) && replay <= replays;
        return (numbered, replay == replays) switch
        {
            (true, false) => false,
            (true, true) when known.State == DeadLetterState.Replayed => true,
            _ => known.LastFailedAt < died,
        };
    }

    private DeadLetterRow New(DeadLetter letter, DateTimeOffset died)
    {
        var message = letter.Message;
        var row = new DeadLetterRow
        {
            Queue = letter.Queue,
            MessageId = message.MessageId,
            Type = StorableText.Of(message.Type),
            Priority = message.Priority,
            Body = message.Body.ToArray(),
            BodyText = DeadLetterRow.TextOf(message.Body.Span),
            Headers = string.Empty,
            Reason = string.Empty,
            SentAt = message.Timestamp,
            FirstFailedAt = Time(message, MessageHeaders.FirstFailedAt),
            LastFailedAt = died,
            Deaths = 0,
        };
        Describe(row, letter, died, AuditAction.Ingested);
        return row;
    }

    private void Describe(DeadLetterRow row, DeadLetter letter, DateTimeOffset died, string action)
    {
        var message = letter.Message;
        row.Headers = DeadLetterHeaders.Write(message.Headers);
        row.TraceParent = ActivityContext.TryParse(letter.TraceParent, traceState: null, out _) ? letter.TraceParent : null;
        row.Reason = Header(message, MessageHeaders.DeadReason) ?? "Unknown";
        row.ExceptionType = Header(message, MessageHeaders.ExceptionType);
        row.ExceptionMessage = Header(message, MessageHeaders.ExceptionMessage);
        row.ExceptionStack = Header(message, MessageHeaders.ExceptionStack);
        row.Attempts = int.TryParse(Header(message, MessageHeaders.Attempt), NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) ? attempts : 1;
        row.Deaths++;
        row.LastFailedAt = died;
        var now = time.GetUtcNow();
        (row.State, row.StateChangedAt) = (DeadLetterState.Dead, now);
        row.Note(now, "system", action, row.Reason);
    }

    private static DateTimeOffset Time(Envelope message, string header) =>
        DateTimeOffset.TryParse(Header(message, header), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed)
            // As the database keeps it: what comes again must be recognised.
            ? parsed.ToMicrosecond()
            : message.Timestamp;

    private static string? Header(Envelope message, string name) =>
        message.Headers.GetValueOrDefault(name)?.ToString() is { } value ? DeadLetterRow.Storable(value) : null;
}
