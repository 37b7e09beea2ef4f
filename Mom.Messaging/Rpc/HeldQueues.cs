using System.Collections.Concurrent;
using System.Text.Json;
using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Rpc;

/// <summary>
/// The work queues whose handlers hold commands in an outage, as their replies say. A worker holds no more commands than it has places, and
/// the ones behind those reach nobody who could tell their callers; so their senders must know it themselves. The next reply that says
/// something else ends it.
/// </summary>
internal sealed class HeldQueues
{
    private const string FailureType = "mom.failure.v1";

    private readonly ConcurrentDictionary<string, bool> _queues = new(StringComparer.Ordinal);

    public bool Contains(string queue) => _queues.ContainsKey(queue);

    /// <summary>The queue's handlers have answered a command.</summary>
    public void Answered(string queue) => _queues.TryRemove(queue, out _);

    /// <summary>Notes what a reply says of its queue, whether or not somebody still waits for it.</summary>
    public void Note(Envelope reply)
    {
        if (string.Equals(reply.Type, FailureType, StringComparison.Ordinal)
            && JsonSerializer.Deserialize(reply.Body.Span, EngineJsonContext.Default.Failure) is { Kind: FailureKind.Held, Queue: { } queue })
        {
            _queues[queue] = true;
        }
    }
}
