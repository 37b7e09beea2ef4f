using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>What people decide about dead letters, within the caller's transaction. Each says why it did nothing, or <see langword="null"/>.</summary>
internal sealed class DeadLetterDecisions(MomDbContext database, ReplayedMessages messages, TimeProvider time)
{
    /// <summary>The dead letter, locked, with what happened to it; <see langword="null"/> when there is none.</summary>
    public async Task<DeadLetterRow?> LockAsync(long id, CancellationToken cancellationToken)
    {
        var letter = await database.DeadLetters.FromSql($"select * from dead_letters where id = {id} for update").SingleOrDefaultAsync(cancellationToken);
        if (letter is not null)
        {
            await database.Entry(letter).Collection(row => row.Audit).LoadAsync(cancellationToken);
        }

        return letter;
    }

    public async Task<string?> ReplayAsync(DeadLetterRow letter, string by, CancellationToken cancellationToken)
    {
        var obstacle = Decided(letter) ?? await messages.SendAsync(letter, cancellationToken);
        if (obstacle is null)
        {
            Change(letter, DeadLetterState.Replayed, by, AuditAction.Replayed);
        }

        return obstacle;
    }

    public string? Discard(DeadLetterRow letter, string by, string? reason)
    {
        var obstacle = Decided(letter);
        if (obstacle is null)
        {
            Change(letter, DeadLetterState.Discarded, by, AuditAction.Discarded, reason);
        }

        return obstacle;
    }

    public string? Edit(DeadLetterRow letter, string by, byte[] body)
    {
        var obstacle = Decided(letter)
            ?? (letter.BodyText.Length > DeadLetterRowExtensions.ShownLength ? "Its body is too large to be edited: not all of it is shown." : null);
        if (obstacle is null)
        {
            letter.OriginalBody ??= letter.Body;
            (letter.Body, letter.BodyText) = (body, DeadLetterStore.Text(body));
            letter.Note(time.GetUtcNow(), by, AuditAction.Edited);
        }

        return obstacle;
    }

    private void Change(DeadLetterRow letter, DeadLetterState state, string by, string action, string? detail = null)
    {
        (letter.State, letter.StateChangedAt) = (state, time.GetUtcNow());
        letter.Note(letter.StateChangedAt, by, action, detail);
    }

#pragma warning disable CA1308 // A state's name in words.
    private static string? Decided(DeadLetterRow letter) =>
        letter.State == DeadLetterState.Dead ? null : $"It was {letter.State.ToString().ToLowerInvariant()} already.";
#pragma warning restore CA1308
}
