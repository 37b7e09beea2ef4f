namespace Mom.Bench.Contenders.Wolverine.Messages;

/// <summary>A request of about 1 KiB.</summary>
public sealed record Question(int Number, string Text);
