namespace Mom.Messaging.Consuming;

/// <summary>Gathers deliveries of one kind until there are enough or the first has waited long enough.</summary>
/// <param name="batch">How many, and how long.</param>
/// <param name="time">Runs the timer.</param>
/// <param name="flush">Gets each batch; called on any thread, and must return at once.</param>
internal sealed class BatchCollector(BatchRegistration batch, TimeProvider time, Action<BatchRegistration, IReadOnlyList<Delivery>> flush)
{
    private readonly Lock _lock = new();
    private List<Delivery> _gathered = [];
    private ITimer? _timer;

    public BatchRegistration Batch => batch;

    public void Add(Delivery delivery)
    {
        lock (_lock)
        {
            _gathered.Add(delivery);
            if (_gathered.Count < batch.MaxMessages)
            {
                _timer ??= time.CreateTimer(static collector => ((BatchCollector)collector!).Flush(), this, batch.Within, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Flush();
    }

    /// <summary>Hands over what there is.</summary>
    public void Flush()
    {
        var gathered = Take();
        if (gathered.Count > 0)
        {
            flush(batch, gathered);
        }
    }

    /// <summary>Forgets what there is; it can no longer be acked.</summary>
    /// <returns>How many deliveries.</returns>
    public int Drop() => Take().Count;

    private List<Delivery> Take()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            var gathered = _gathered;
            _gathered = [];
            return gathered;
        }
    }
}
