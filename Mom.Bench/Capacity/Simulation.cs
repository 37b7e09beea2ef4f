namespace Mom.Bench.Capacity;

/// <summary>
/// A queue with priorities and the replicas that consume it, event by event: the broker hands the highest priority that is ready to
/// the replicas in turn, each up to its prefetch; what was handed out is handled in the order in which it came, whatever its
/// priority. The same seed gives the same result.
/// </summary>
internal sealed class Simulation
{
    private readonly Consumers _consumers;
    private readonly IReadOnlyList<MessageClass> _classes;
    private readonly Random _random;
    private readonly PriorityQueue<Event, double> _events = new();
    private readonly PriorityQueue<Message, (int Priority, long Number)> _ready = new();
    private readonly Replica[] _replicas;
    private readonly Dictionary<MessageClass, Waits> _waits;
    private readonly int _messages;
    private int _arrived;
    private int _turn;
    private double _now;

    private Simulation(Consumers consumers, IReadOnlyList<MessageClass> classes, int messages, int seed)
    {
        (_consumers, _classes, _messages, _random) = (consumers, classes, messages, new Random(seed));
        _replicas = [.. Enumerable.Range(0, consumers.Replicas).Select(_ => new Replica())];
        _waits = classes.ToDictionary(kind => kind, _ => new Waits());
    }

    /// <summary>Runs until so many messages have been handled; the first tenth only fills the queue and is not counted.</summary>
    public static IReadOnlyDictionary<MessageClass, Waits> Run(Consumers consumers, IReadOnlyList<MessageClass> classes, int messages, int seed) =>
        new Simulation(consumers, classes, messages, seed).Run();

    private Dictionary<MessageClass, Waits> Run()
    {
        foreach (var kind in _classes)
        {
            ScheduleArrival(kind);
        }

        while (_events.TryDequeue(out var next, out _now))
        {
            next.Happens();
            HandOut();
        }

        return _waits;
    }

    private void ScheduleArrival(MessageClass kind) =>
        _events.Enqueue(new Event(() => Arrive(kind)), _now - (Math.Log(1 - _random.NextDouble()) / kind.Rate));

    private void Arrive(MessageClass kind)
    {
        if (_arrived == _messages)
        {
            return;
        }

        _ready.Enqueue(new Message(kind, _now, _arrived >= _messages / 10), (-kind.Priority, _arrived));
        _arrived++;
        ScheduleArrival(kind);
    }

    private void HandOut()
    {
        while (_ready.Count > 0 && NextWithRoom() is { } replica)
        {
            replica.Delivered.Enqueue(_ready.Dequeue());
            StartWork(replica);
        }
    }

    private Replica? NextWithRoom()
    {
        for (var i = 0; i < _replicas.Length; i++)
        {
            var replica = _replicas[_turn++ % _replicas.Length];
            if (replica.Delivered.Count + replica.Busy < _consumers.Prefetch)
            {
                return replica;
            }
        }

        return null;
    }

    private void StartWork(Replica replica)
    {
        while (replica.Busy < _consumers.Concurrency && replica.Delivered.TryDequeue(out var message))
        {
            replica.Busy++;
            if (message.Counts)
            {
                _waits[message.Kind].Add(_now - message.ArrivedAt);
            }

            _events.Enqueue(
                new Event(() =>
                {
                    replica.Busy--;
                    StartWork(replica);
                }),
                _now + message.Kind.Service.Draw(_random.NextDouble()));
        }
    }

    private sealed record Event(Action Happens);

    private sealed record Message(MessageClass Kind, double ArrivedAt, bool Counts);

    private sealed class Replica
    {
        public Queue<Message> Delivered { get; } = new();

        public int Busy { get; set; }
    }
}
