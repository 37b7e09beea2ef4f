namespace Mom.Bench.Contenders.Wolverine.Messages;

/// <summary>A message of about 1 KiB.</summary>
public sealed record Parcel(int Number, string Text);
