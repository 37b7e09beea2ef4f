using Mom.Messaging.Topology;

namespace Mom.Messaging.Consuming;

/// <summary>One queue that this process consumes, with its handlers.</summary>
internal sealed record ConsumerRegistration(QueueDefinition Queue, ConsumerOptions Options)
{
    /// <summary>By message type; those of a batch are here too, for messages that must be handled alone.</summary>
    public Dictionary<Type, HandlerCall> Handlers { get; } = [];

    /// <summary>By message type: the broker users that may send it, where they are not those of all messages of the queue.</summary>
    public Dictionary<Type, IReadOnlyCollection<string>> Senders { get; } = [];

    /// <exception cref="InvalidOperationException">The message has a handler already.</exception>
    public void Add(Type message, HandlerCall call, IReadOnlyCollection<string>? senders)
    {
        if (senders is not null)
        {
            Senders[message] = senders;
        }

        if (!Handlers.TryAdd(message, call))
        {
            throw new InvalidOperationException($"{message.Name} has a handler on '{Queue.Name}' already. One message has one handler on a queue.");
        }
    }

    public Dictionary<Type, BatchRegistration> Batches { get; } = [];

    public int LargestBatch => Batches.Values.Select(batch => batch.MaxMessages).DefaultIfEmpty().Max();
}

/// <summary>Calls the handler of one kind of message; the result is the reply, or <see langword="null"/> where there is none.</summary>
internal delegate Task<object?> HandlerCall(IServiceProvider services, object message, MessageContext context, CancellationToken cancellationToken);

/// <summary>How messages of one kind are gathered and handled together.</summary>
/// <param name="MaxMessages">At most so many in one call.</param>
/// <param name="Within">How long the first of them waits for the others; not at all when it is zero: then those that are there are handled together.</param>
/// <param name="Call">The handler.</param>
internal sealed record BatchRegistration(int MaxMessages, TimeSpan Within, BatchCall Call);

/// <summary>Calls the handler of a batch of one kind of message; the result are the replies, or <see langword="null"/> where there are none.</summary>
internal delegate Task<IReadOnlyList<object>?> BatchCall(IServiceProvider services, IReadOnlyList<(object Message, MessageContext Context)> messages, CancellationToken cancellationToken);
