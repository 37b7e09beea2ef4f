using System.Collections.Concurrent;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Rpc;

/// <summary>The requests of this process that wait for a reply, by correlation id, and the queue by which it is to come.</summary>
internal sealed class PendingRequests
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Envelope>> _pending = new(StringComparer.Ordinal);

    private volatile string? _queue;

    /// <summary>Requests that wait.</summary>
    public int Count => _pending.Count;

    /// <summary>The queue that replies are to be sent to, or <see langword="null"/> while there is none.</summary>
    public string? Queue => _queue;

    /// <summary>Replies come by this queue from now on.</summary>
    public void Open(string queue) => _queue = queue;

    /// <summary>Begins to wait for a reply.</summary>
    /// <returns>Where the reply is to be sent to; <see langword="null"/> while there is no queue for it.</returns>
    public (string ReplyTo, Task<Envelope> Reply)? Add(string correlationId)
    {
        while (_queue is { } queue)
        {
            var reply = new TaskCompletionSource<Envelope>(TaskCreationOptions.RunContinuationsAsynchronously);
            _pending[correlationId] = reply;
            // Looked at once more: of what is added after the queue was given up, nobody would ever be told.
            if (ReferenceEquals(_queue, queue))
            {
                return (queue, reply.Task);
            }

            Remove(correlationId);
        }

        return null;
    }

    /// <summary>Ends the wait of a request with the failure of its publish: what was not sent is not answered.</summary>
    /// <param name="correlationId">The request.</param>
    /// <param name="confirm">Its publish, which tells why the wait was cancelled.</param>
    public void EndWith(string correlationId, Task confirm)
    {
        if (!confirm.IsCompletedSuccessfully && _pending.TryGetValue(correlationId, out var waiting))
        {
            _ = confirm.ContinueWith(
                static (_, waiting) => ((TaskCompletionSource<Envelope>)waiting!).TrySetCanceled(),
                waiting,
                CancellationToken.None,
                TaskContinuationOptions.NotOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    public void Remove(string correlationId) => _pending.TryRemove(correlationId, out _);

    /// <returns>False when nobody waits for this reply: it is late, or unknown.</returns>
    public bool TryComplete(Envelope reply) =>
        reply.CorrelationId is { } id && _pending.TryRemove(id, out var waiting) && waiting.TrySetResult(reply);

    /// <summary>The reply queue is gone, and with it every reply that is still to come.</summary>
    public void Abandon()
    {
        _queue = null;
        foreach (var id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out var waiting))
            {
                waiting.TrySetException(new RequestTimeoutException("The connection for the reply was lost before the reply came."));
                // Seen: a caller whose publish failed does not look at it any more.
                _ = waiting.Task.Exception;
            }
        }
    }
}
