namespace Mom.Bench.Servers;

/// <summary>What a message has brought about.</summary>
internal sealed class EffectRow
{
    public long Id { get; set; }

    /// <summary>The message's number.</summary>
    public int Number { get; set; }
}
