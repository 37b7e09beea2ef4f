namespace Mom.Messaging.Consuming.Discovery;

/// <summary>How a batch handler that is found in an assembly gathers its messages.</summary>
/// <param name="maxMessages">At most so many messages in one call, 1 to 1,000.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BatchAttribute(int maxMessages) : Attribute
{
    /// <summary>At most so many messages in one call.</summary>
    public int MaxMessages { get; } = maxMessages;

    /// <summary>How long the first message waits for the others, in milliseconds, 0 to 60,000.</summary>
    public int WithinMilliseconds { get; init; } = 20;
}
