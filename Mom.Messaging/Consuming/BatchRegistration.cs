namespace Mom.Messaging.Consuming;

/// <summary>How messages of one kind are gathered and handled together.</summary>
/// <param name="MaxMessages">At most so many in one call.</param>
/// <param name="Within">How long the first of them waits for the others.</param>
/// <param name="Call">The handler.</param>
internal sealed record BatchRegistration(int MaxMessages, TimeSpan Within, BatchCall Call);
