namespace Mom.Bench.Contenders.Wolverine.Messages;

/// <summary>The reply, of about 1 KiB.</summary>
public sealed record Answer(int Number, string Text);
