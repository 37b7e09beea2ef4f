using Mom.Messaging.Contracts;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Retries;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Consuming;

/// <summary>One queue that this process consumes, with its handlers.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Options">How it is consumed.</param>
/// <param name="Versions">Which older messages are handled as newer ones.</param>
/// <param name="ForAll">Middleware of every consumer of the process; others may be added until it starts.</param>
internal sealed record ConsumerRegistration(
    QueueDefinition Queue, ConsumerOptions Options, MessageVersions Versions, IReadOnlyList<Func<IServiceProvider, IHandlingMiddleware>> ForAll)
{
    private readonly List<Func<IServiceProvider, IHandlingMiddleware>> _middleware = [];
    private readonly List<FailureRule> _rules = [];
    private HandlingStep? _chain;
    private bool _chained;
    private int _maxAttempts;

    /// <summary>All middleware on the way to a handler, or <see langword="null"/> where there is none. Nothing can be added once it was asked for.</summary>
    public HandlingStep? Middleware
    {
        get
        {
            if (!Volatile.Read(ref _chained))
            {
                // Made twice it is the same.
                _chain = MiddlewareChain.Of([.. Outermost is { } outermost ? [_ => outermost] : Array.Empty<Func<IServiceProvider, IHandlingMiddleware>>(), .. ForAll, .. _middleware]);
                Volatile.Write(ref _chained, true);
            }

            return _chain;
        }
    }

    /// <summary>Outside of all other middleware, for the test harness: it sees what becomes of each call.</summary>
    public IHandlingMiddleware? Outermost { get; set; }

    /// <summary>For the test harness: told how many deliveries begin to wait until their batch is full or its time is over, and with a minus how many cease to.</summary>
    public Action<int>? Gathering { get; set; }

    /// <summary>For the test harness: told until when a message waits in this process for its next try, and when it ceases to.</summary>
    public Action<DateTimeOffset, bool>? Resting { get; set; }

    /// <summary>The header by whose value the messages handled at a time are counted, or <see langword="null"/>.</summary>
    public string? KeyHeader => Options.MaxConcurrentPerTenant > 0 ? MessageHeaders.Tenant : PlacesPerKey > 0 ? MessageHeaders.PartitionKey : null;

    /// <summary>How many messages of one key are handled at a time; 0 for no limit.</summary>
    public int PlacesPerKey => Queue.IsPartitioned ? 1 : Math.Max(Options.MaxConcurrentPerKey, Options.MaxConcurrentPerTenant);

    /// <summary>How often a message is handled at most, whatever the failure is.</summary>
    public int MaxAttempts => _maxAttempts > 0 ? _maxAttempts : RetrySchedule.MaxAttempts(Queue);

    public void Add(Func<IServiceProvider, IHandlingMiddleware> middleware) => _middleware.Add(middleware);

    /// <exception cref="ArgumentException">The delays are too long for a queue with partitions.</exception>
    public void Add(FailureRule rule)
    {
        if (Queue.IsPartitioned && rule.Delays is { } delays)
        {
            CheckDelays(Queue, delays);
        }

        _rules.Add(rule);
        _maxAttempts = Math.Max(MaxAttempts, (rule.Delays?.Count ?? 0) + 1);
    }

    /// <summary>The first rule for a failure, or <see langword="null"/>.</summary>
    public FailureRule? RuleOf(Exception failure) => _rules.Count == 0 ? null : _rules.Find(rule => rule.Covers(failure));

    /// <summary>The type as which a message is handled here: its own, or that of a newer version; <see langword="null"/> when it is not handled.</summary>
    public Type? HandledAs(Type type) => Handlers.ContainsKey(type) ? type : Versions.Newer(type, Handlers);

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
            throw new InvalidOperationException($"{message.Name} has a handler on '{Queue.Name}' already. One message has one handler on a queue: give one of them a queue of its own.");
        }
    }

    /// <summary>A message that keeps its place is unacked while it waits, and the broker closes the channel of a consumer that acks too late.</summary>
    /// <exception cref="ArgumentException">The delays are too long for that.</exception>
    public static void CheckDelays(QueueDefinition queue, IReadOnlyList<TimeSpan> delays) => OptionsCheck.InRange(
        delays.Aggregate(TimeSpan.Zero, (sum, delay) => sum + delay), TimeSpan.Zero, TimeSpan.FromMinutes(5), $"The sum of the retry delays of '{queue.Name}', which has partitions,");

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
