using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Testing.Observing;

/// <summary>One thing that happened to a message.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When, by the harness's time.</param>
/// <param name="Type">The CLR type of the message, where it is known.</param>
/// <param name="Message">The message, where it can be read.</param>
internal sealed record Sighting(SightingKind Kind, DateTimeOffset At, Type? Type, object? Message)
{
    /// <summary>What was sent; <see langword="null"/> for what a handler did.</summary>
    public Envelope? Envelope { get; init; }

    /// <summary>Queue or topic.</summary>
    public required string Where { get; init; }

    /// <summary>When a message that was sent reaches its queue.</summary>
    public DateTimeOffset DeliverAt { get; init; }

    /// <summary>The delivery that was handled; <see langword="null"/> for what was sent.</summary>
    public MessageContext? Delivery { get; init; }

    public Exception? Exception { get; init; }

    public object? Reply { get; init; }
}

/// <summary>What happens to messages.</summary>
internal enum SightingKind
{
    /// <summary>Sent by code: a command or an event.</summary>
    Published,

    /// <summary>Sent by code that waits for the reply.</summary>
    Requested,

    /// <summary>The answer to a request, a refusal or a failure included.</summary>
    Replied,

    /// <summary>Sent on by the engine for a further attempt, or because its consumer was lost.</summary>
    SentOn,

    /// <summary>Sent by the engine to a dead-letter queue.</summary>
    DeadLettered,

    /// <summary>Its handler returned.</summary>
    Handled,

    /// <summary>Its handler threw.</summary>
    Failed,
}
