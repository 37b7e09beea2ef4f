namespace Mom.Messaging.Outbox;

/// <summary>A stored message that could not be sent.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Error">Why.</param>
/// <param name="NextAttempt">When to try again, counted from now; <see langword="null"/> for never: the message is dead.</param>
public sealed record UnsentMessage(long Id, string Error, TimeSpan? NextAttempt);
