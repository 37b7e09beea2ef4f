namespace Mom.Bench.Contenders.MassTransit.Messages;

/// <summary>The reply, of about 1 KiB.</summary>
internal sealed record Answer(int Number, string Text);
