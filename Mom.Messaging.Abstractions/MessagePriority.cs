namespace Mom.Messaging;

/// <summary>The priorities that messages use, 1 to 10; a higher one is delivered first.</summary>
public static class MessagePriority
{
    /// <summary>Work that can be done sometime.</summary>
    public const byte Background = 1;

    /// <summary>Work that follows from other work: results, marks, events.</summary>
    public const byte Normal = 5;

    /// <summary>Work that somebody waits for.</summary>
    public const byte Rpc = 10;

    /// <summary>The highest priority, and the queues' <c>x-max-priority</c>.</summary>
    public const byte Maximum = 10;
}
