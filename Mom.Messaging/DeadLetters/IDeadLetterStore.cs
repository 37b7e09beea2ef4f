using Mom.Messaging.Envelopes;

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

/// <summary>A message that was parked in the dead-letter queue of a work queue.</summary>
/// <param name="Queue">The work queue.</param>
/// <param name="Message">As it was parked: its headers say why, see <see cref="MessageHeaders"/>.</param>
/// <param name="TraceParent">W3C context of the trace in which it was parked, or <see langword="null"/>.</param>
public sealed record DeadLetter(string Queue, Envelope Message, string? TraceParent);
