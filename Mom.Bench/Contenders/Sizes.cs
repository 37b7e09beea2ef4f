namespace Mom.Bench.Contenders;

/// <summary>What is the same for all contenders.</summary>
internal static class Sizes
{
    /// <summary>Bytes of a body, for those who serialize: about.</summary>
    public const int Body = 1_024;

    /// <summary>Messages that the broker hands out before the first is acked, where throughput is measured.</summary>
    public const ushort Prefetch = 256;

    /// <summary>Handlers at a time of one consumer.</summary>
    public const ushort Concurrency = 8;

    /// <summary>Text that fills a body up.</summary>
    public static readonly string Text = new('x', Body - 25);
}
