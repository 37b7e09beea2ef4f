namespace Mom.Bench.Contenders.MassTransit.Messages;

/// <summary>A request of about 1 KiB.</summary>
internal sealed record Question(int Number, string Text);
