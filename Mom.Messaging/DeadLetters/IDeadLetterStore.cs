namespace Mom.Messaging.DeadLetters;

/// <summary>Where dead letters are kept so that people can look for them.</summary>
public interface IDeadLetterStore
{
    /// <summary>
    /// Stores dead letters, all or none. They leave their queues after it has returned. The same ones may come again: dying between
    /// the two delivers them once more.
    /// </summary>
    Task StoreAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);
}
