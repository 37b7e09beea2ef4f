namespace Mom.Api.Users;

/// <summary>
/// Hashing takes turns: as many at a time as there are processors, and a bounded number that waits for them, for hashing is slow on purpose. A request that comes
/// when it is full is refused at once. One address gets at most half of the places: beside a rush from one, others get through.
/// </summary>
internal sealed class HashQueue : IDisposable
{
    private readonly int _most;
    private readonly SemaphoreSlim _processors;
    private readonly Dictionary<string, int> _byAddress = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _count;

    /// <param name="processors">How many hash at a time.</param>
    /// <param name="waiting">How many wait at most.</param>
    public HashQueue(int processors, int waiting)
    {
        _processors = new SemaphoreSlim(processors);
        _most = processors + waiting;
    }

    /// <summary>Runs work that takes a processor for a while, in its turn.</summary>
    /// <exception cref="HashQueueFullException">Too many wait.</exception>
    public async Task<T> RunAsync<T>(string address, Func<T> work, CancellationToken cancellationToken)
    {
        Enter(address);
        try
        {
            await _processors.WaitAsync(cancellationToken);
            try
            {
                // A thread of its own: those of the pool serve all other requests.
                return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                _processors.Release();
            }
        }
        finally
        {
            Leave(address);
        }
    }

    public void Dispose() => _processors.Dispose();

    private void Enter(string address)
    {
        lock (_lock)
        {
            var ofAddress = _byAddress.GetValueOrDefault(address);
            if (_count >= _most || ofAddress >= (_most + 1) / 2)
            {
                throw new HashQueueFullException();
            }

            _count++;
            _byAddress[address] = ofAddress + 1;
        }
    }

    private void Leave(string address)
    {
        lock (_lock)
        {
            _count--;
            if (--_byAddress[address] == 0)
            {
                _byAddress.Remove(address);
            }
        }
    }
}

/// <summary>Too many wait for their password to be hashed: the answer is 503, and says when to come back.</summary>
internal sealed class HashQueueFullException() : Exception("Too many logins and registrations at this moment. Send the request again.");
