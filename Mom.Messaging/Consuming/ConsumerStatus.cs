namespace Mom.Messaging.Consuming;

/// <summary>The consumer of one queue in this process, at one moment.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="State">What it is doing.</param>
/// <param name="InFlight">Messages that are being handled.</param>
/// <param name="LastDelivery">When the broker last delivered something, or <see langword="null"/> if it never has.</param>
/// <param name="Handled">Messages that were handled, refused ones included, since the process started.</param>
/// <param name="Failed">Attempts that failed, since the process started.</param>
public sealed record ConsumerStatus(string Queue, ConsumerState State, int InFlight, DateTimeOffset? LastDelivery, long Handled, long Failed);
