namespace Mom.Messaging.Outbox;

/// <summary>What became of claimed messages. Those that are neither sent nor unsent were not tried.</summary>
/// <param name="Sent">Ids of those that the broker confirmed.</param>
/// <param name="Unsent">Those that it did not take.</param>
/// <param name="Outage">Why no message can be sent at present, or <see langword="null"/>.</param>
internal sealed record OutboxOutcome(IReadOnlyCollection<long> Sent, IReadOnlyCollection<UnsentMessage> Unsent, string? Outage);
