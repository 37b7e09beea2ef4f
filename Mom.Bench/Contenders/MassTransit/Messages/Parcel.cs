namespace Mom.Bench.Contenders.MassTransit.Messages;

/// <summary>A message of about 1 KiB.</summary>
internal sealed record Parcel(int Number, string Text);
