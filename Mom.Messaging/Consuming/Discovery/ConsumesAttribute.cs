namespace Mom.Messaging.Consuming.Discovery;

/// <summary>From which queue a handler that is found in an assembly takes its messages, in place of the message's own or the one by convention.</summary>
/// <param name="queue">The queue's name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConsumesAttribute(string queue) : Attribute
{
    /// <summary>The queue's name.</summary>
    public string Queue { get; } = queue;
}
