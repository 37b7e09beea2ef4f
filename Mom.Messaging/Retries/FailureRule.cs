namespace Mom.Messaging.Retries;

/// <summary>What becomes of a message when its handler fails with certain exceptions.</summary>
/// <param name="Covers">Which exceptions.</param>
/// <param name="ImmediateTries">How often the handler is called again at once, within the same attempt.</param>
/// <param name="Delays">How long it waits before each further attempt; <see langword="null"/> for the delays of its queue.</param>
/// <param name="Discards">Whether it is dropped after the last attempt, in place of becoming a dead letter.</param>
internal sealed record FailureRule(Func<Exception, bool> Covers, int ImmediateTries, IReadOnlyList<TimeSpan>? Delays, bool Discards)
{
    /// <summary>Whether it comes to an end without a further attempt.</summary>
    public bool IsFinal => Delays is { Count: 0 };
}
