using Mom.Messaging.Envelopes;

namespace Mom.Messaging.DeadLetters;

/// <summary>A message that was parked in the dead-letter queue of a work queue.</summary>
/// <param name="Queue">The work queue.</param>
/// <param name="Message">As it was parked: its headers say why, see <see cref="MessageHeaders"/>.</param>
/// <param name="TraceParent">W3C context of the trace in which it was parked, or <see langword="null"/>.</param>
public sealed record DeadLetter(string Queue, Envelope Message, string? TraceParent);
