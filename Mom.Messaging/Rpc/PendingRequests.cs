using System.Collections.Concurrent;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Rpc;

/// <summary>The requests of this process that wait for a reply, by correlation id.</summary>
internal sealed class PendingRequests
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Envelope>> _pending = new(StringComparer.Ordinal);

    /// <summary>Requests that wait.</summary>
    public int Count => _pending.Count;

    public Task<Envelope> Add(string correlationId)
    {
        var reply = new TaskCompletionSource<Envelope>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[correlationId] = reply;
        return reply.Task;
    }

    public void Remove(string correlationId) => _pending.TryRemove(correlationId, out _);

    /// <returns>False when nobody waits for this reply: it is late, or unknown.</returns>
    public bool TryComplete(Envelope reply) =>
        reply.CorrelationId is { } id && _pending.TryRemove(id, out var waiting) && waiting.TrySetResult(reply);

    /// <summary>The reply queue is gone, and with it every reply that is still to come.</summary>
    public void Abandon()
    {
        foreach (var id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out var waiting))
            {
                waiting.TrySetException(new RequestTimeoutException("The connection that the reply would have come by was lost."));
                // Seen: a caller whose publish failed does not look at it any more.
                _ = waiting.Task.Exception;
            }
        }
    }
}
