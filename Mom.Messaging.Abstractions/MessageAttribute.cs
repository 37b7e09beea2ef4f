namespace Mom.Messaging;

/// <summary>
/// The stable identity of a message on the wire, and where it goes. The name travels in the AMQP property <c>type</c>;
/// the CLR name may change at any time, this one never does.
/// </summary>
/// <param name="name">Wire name with its version, as in <c>job.create.v1</c>. A breaking change is a new version, never an edit.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MessageAttribute(string name) : Attribute
{
    /// <summary>Wire name with its version, as in <c>job.create.v1</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The queue that a command or request goes to; <see langword="null"/> for events and replies.</summary>
    public string? Queue { get; init; }

    /// <summary>The routing key with which an event is published to the topic exchange; <see langword="null"/> for all others.</summary>
    public string? Topic { get; init; }

    /// <summary>
    /// Priority from 1 (lowest) to 10 (highest, for RPC). Never 0: the .NET client leaves 0 out of the frame, and a quorum
    /// queue of RabbitMQ 4.3 takes a message without priority for a 4, ahead of 1 to 3.
    /// </summary>
    public byte Priority { get; init; } = MessagePriority.Normal;

    /// <summary>
    /// Whether it is an error when no queue takes the message, by default so. <see langword="false"/> is for events whose loss harms nobody, such
    /// as those that tell a page what the database holds anyway: without a queue they are dropped.
    /// </summary>
    public bool Mandatory { get; init; } = true;
}
