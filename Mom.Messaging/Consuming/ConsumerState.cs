namespace Mom.Messaging.Consuming;

/// <summary>What a consumer is doing.</summary>
public enum ConsumerState
{
    /// <summary>It is not connected (any more) and is coming back by itself.</summary>
    Reconnecting,

    /// <summary>It receives messages.</summary>
    Consuming,

    /// <summary>It receives no further messages; some that it has are still being handled.</summary>
    Draining,

    /// <summary>It was told to receive nothing until it is resumed, and nothing is being handled.</summary>
    Paused,
}
