namespace Mom.Panel.Live;

/// <summary>Whether the panel hears of changes at once.</summary>
public enum LiveState
{
    /// <summary>For the first time.</summary>
    Connecting,

    /// <summary>Every change arrives by itself.</summary>
    Live,

    /// <summary>The connection was lost or refused, and is tried again without end.</summary>
    Reconnecting,
}
