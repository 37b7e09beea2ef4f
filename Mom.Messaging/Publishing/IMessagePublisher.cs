using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Publishing;

/// <summary>Publishes messages with publisher confirms, always. A method that returns has been confirmed by the broker.</summary>
public interface IMessagePublisher
{
    /// <summary>Publishes a message to the queue or topic that its <see cref="MessageAttribute"/> names, and waits for the confirm.</summary>
    /// <param name="message">A message whose contract is registered.</param>
    /// <param name="options">Deviations from the contract's defaults.</param>
    /// <param name="cancellationToken">Cancels the wait, not the publish: the message may arrive all the same.</param>
    /// <exception cref="BrokerUnavailableException">Nothing was sent: no connection, publishers are blocked, or the window is full.</exception>
    /// <exception cref="MessageNotConfirmedException">Refused, connection lost, or no confirm in time: the message may or may not have arrived.</exception>
    /// <exception cref="MessageUnroutableException">No queue takes it; nothing was stored.</exception>
    /// <exception cref="MessageUnsendableException">Nothing was sent, and nothing ever will: too large, not to be written in AMQP, or rejected by the broker.</exception>
    /// <exception cref="PublishForbiddenException">The user of this process may not publish there.</exception>
    Task PublishAsync<TMessage>(TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default)
        where TMessage : class;

    /// <summary>Publishes a message that is serialised already, as the outbox and the retries do.</summary>
    /// <inheritdoc cref="PublishAsync{TMessage}"/>
    Task PublishAsync(Envelope envelope, CancellationToken cancellationToken = default);
}

/// <summary>Deviations from the defaults of a message's contract.</summary>
public sealed record PublishOptions
{
    /// <summary>The message's identity, by which its receiver recognises a duplicate; by default a new UUIDv7.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>1 to 10; by default the contract's.</summary>
    public byte? Priority { get; init; }

    /// <summary>
    /// How long the message waits in the broker before it reaches its queue: up to 268,435,455 s (eight years and a half), rounded
    /// up to seconds; by default not at all. It cannot be taken back.
    /// </summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>When the message reaches its queue, in place of a <see cref="Delay"/>; a time that is past means at once. To the second, never too soon.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>
    /// How long the message may wait in its queue before the broker drops it, 1 ms to 49 days; by default for ever. It bounds the waiting for the first
    /// attempt: a message that was handled and failed does not expire any more. Not together with a delay, whose queues work by expiration themselves.
    /// </summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>The queue that a command goes to, in place of its contract's. A queue that is not there is a <see cref="MessageUnroutableException"/>.</summary>
    public string? Queue { get; init; }

    /// <summary>The topic that the message is published with as an event, in place of its contract's queue or topic.</summary>
    public string? Topic { get; init; }

    /// <summary>
    /// Headers of the message; names up to 255 bytes, and all together within a frame of the broker (128 KiB by default). Not those of the engine or the
    /// broker. An outbox keeps text, whole numbers and truth values as they are.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? Headers { get; init; }

    /// <summary>What the message belongs to; by default that of the message that is being handled. See <see cref="Envelopes.MessageHeaders.Correlation"/>.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>For which tenant it is; by default that of the message that is being handled. See <see cref="Envelopes.MessageHeaders.Tenant"/>.</summary>
    public string? Tenant { get; init; }

    /// <summary>What the message is about, 1 to 255 characters, in place of its own key. See <see cref="IPartitioned"/>.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The delivery from which it follows, where that is not the one in flight.</summary>
    internal Consuming.MessageContext? Cause { get; init; }
}

/// <summary>How a process publishes. Register one of these before the engine to deviate from the defaults.</summary>
public sealed record PublisherOptions
{
    /// <summary>Channels that publishes are spread over, 1 to 64.</summary>
    public int Channels { get; init; } = 4;

    /// <summary>Publishes whose confirm is outstanding, in the whole process, at most. Further ones wait for a place.</summary>
    public int Window { get; init; } = 1_000;

    /// <summary>How long to wait for a place in the window and the confirm together.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body, in bytes. The default, 16 MiB, is that of the broker's <c>max_message_size</c> since 4.0.</summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    internal PublisherOptions Checked()
    {
        OptionsCheck.InRange(Channels, 1, 64, "PublisherOptions.Channels");
        OptionsCheck.InRange(Window, 1, 1_000_000, "PublisherOptions.Window");
        OptionsCheck.IsWait(ConfirmTimeout, option: "PublisherOptions.ConfirmTimeout");
        OptionsCheck.InRange(MaxBodyBytes, 1, int.MaxValue, "PublisherOptions.MaxBodyBytes");
        return this;
    }
}
