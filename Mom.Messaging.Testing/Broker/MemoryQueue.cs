using System.Globalization;

namespace Mom.Messaging.Testing.Broker;

/// <summary>One queue: what is ready in it, and who consumes it. Not safe for threads: the broker locks.</summary>
internal sealed class MemoryQueue(string name, QueueSettings settings)
{
    private const int MostOfClassic = 255;
    private const int HighOfQuorum = 4;

    private readonly SortedSet<StoredMessage> _ready = new(StoredMessage.InOrder);
    private readonly List<MemoryConsumer> _consumers = [];
    private int _next;

    public string Name => name;

    public QueueSettings Settings => settings;

    /// <summary>Messages that are ready, in the order in which they are handed out.</summary>
    public IReadOnlyCollection<StoredMessage> Ready => _ready;

    public IReadOnlyList<MemoryConsumer> Consumers => _consumers;

    private bool IsFull => _ready.Count >= settings.MaxLength || (settings.MaxBytes < long.MaxValue && _ready.Sum(message => (long)message.Body.Length) >= settings.MaxBytes);

    /// <summary>When the next message expires that stands at the head of its priority: those behind it expire after it, as in the broker.</summary>
    public DateTimeOffset? NextDue => Heads().Min(message => message.Due);

    /// <summary>Whether the queue takes one more message; it does not when it is full and refuses what comes then.</summary>
    public bool Takes() => !settings.RefusesWhenFull || !IsFull;

    /// <summary>Puts a message into the queue.</summary>
    /// <returns>What is dropped for it.</returns>
    public IReadOnlyList<StoredMessage> Add(StoredMessage message, DateTimeOffset now)
    {
        var dropped = new List<StoredMessage>();
        while (IsFull && _ready.Count > 0)
        {
            var oldest = _ready.MinBy(each => each.Number)!;
            _ready.Remove(oldest);
            dropped.Add(oldest);
        }

        var own = long.TryParse(message.Properties.Expiration, CultureInfo.InvariantCulture, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : (TimeSpan?)null;
        var wait = (own, settings.TimeToLive) switch
        {
            ({ } first, { } second) => first < second ? first : second,
            var (first, second) => first ?? second,
        };
        _ready.Add(message with { Priority = PriorityOf(message), Due = now + wait, Redelivered = false });
        return dropped;
    }

    /// <summary>Puts a message back to where it was.</summary>
    public void Return(StoredMessage message) => _ready.Add(message with { Redelivered = true });

    public void Remove(StoredMessage message) => _ready.Remove(message);

    public void Purge() => _ready.Clear();

    /// <summary>Takes the next message that has expired out of the queue, or <see langword="null"/>.</summary>
    public StoredMessage? TakeExpired(DateTimeOffset now)
    {
        var expired = Heads().FirstOrDefault(message => message.Due <= now);
        if (expired is not null)
        {
            _ready.Remove(expired);
        }

        return expired;
    }

    /// <summary>Takes the next message, or <see langword="null"/>.</summary>
    public StoredMessage? Take()
    {
        var next = _ready.Min;
        if (next is not null)
        {
            _ready.Remove(next);
        }

        return next;
    }

    /// <summary>Holds back a message that expired and that no queue takes: the broker tries again later.</summary>
    public void Postpone(StoredMessage message, DateTimeOffset until) => _ready.Add(message with { Due = until });

    public void Add(MemoryConsumer consumer) => _consumers.Add(consumer);

    public bool Remove(MemoryConsumer consumer) => _consumers.Remove(consumer);

    /// <summary>A consumer that has room for one more message, each in turn.</summary>
    public MemoryConsumer? ConsumerWithRoom()
    {
        if (settings.SingleActiveConsumer)
        {
            return _consumers is [var active, ..] && active.HasRoom ? active : null;
        }

        for (var tried = 0; tried < _consumers.Count; tried++)
        {
            var consumer = _consumers[_next++ % _consumers.Count];
            if (consumer.HasRoom)
            {
                return consumer;
            }
        }

        return null;
    }

    // The broker looks at the head of a queue alone; a classic queue with priorities is one queue for each of them.
    private IEnumerable<StoredMessage> Heads() => _ready.Count == 0 ? [] : _ready.GroupBy(message => message.Priority).Select(group => group.First());

    private int PriorityOf(StoredMessage message)
    {
        var priority = message.Properties.IsPriorityPresent() ? message.Properties.Priority : 0;
        return settings switch
        {
            { MaxPriority: { } most } => Math.Min(priority, Math.Min(most, MostOfClassic)),
            { IsQuorum: true } => priority > HighOfQuorum ? 1 : 0,
            _ => 0,
        };
    }
}
