namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>
/// Takes part in what becomes of dead letters, for a system whose own state depends on it: each in the transaction that changes the dead letter. Register
/// any number of them as scoped services; they are called in that order.
/// </summary>
public interface IDeadLetterObserver
{
    /// <summary>A message has become a dead letter, or has died again after a replay. Not called for a copy of a death that is known.</summary>
    /// <param name="letter">As it is stored.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    Task DiedAsync(DeadLetterRow letter, CancellationToken cancellationToken);

    /// <summary>The message of a dead letter is about to be sent once more.</summary>
    /// <param name="replay">The dead letter, and the order in which its message goes.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    /// <returns>Why it cannot be, in a sentence for people, when nothing was changed; <see langword="null"/> when it can.</returns>
    Task<string?> ReplayingAsync(DeadLetterReplay replay, CancellationToken cancellationToken);
}

/// <summary>The message of a dead letter that is about to be sent once more.</summary>
public sealed class DeadLetterReplay
{
    internal DeadLetterReplay(DeadLetterRow letter)
    {
        Letter = letter;
        Key = $"dead-letter {letter.Id}";
    }

    /// <summary>The dead letter.</summary>
    public DeadLetterRow Letter { get; }

    /// <summary>The key in the outbox: it is sent after all others with the same. By default one of its own.</summary>
    public string Key { get; set; }
}
