using System.Globalization;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Testing.Broker;

namespace Mom.Messaging.Testing.Observing;

/// <summary>
/// Handlers that wait for the reply to a request. Their messages are in flight, and yet nothing happens until the reply is sent or the request's time is
/// over: meanwhile they do not count as work, so that the time can move on to that.
/// </summary>
internal sealed class WaitingRequests(Workload workload, TimeProvider time)
{
    private readonly Lock _lock = new();

    // By the delivery in whose handler the request was sent: it counts as work once, and so it rests once.
    private readonly Dictionary<Envelope, Waiting> _handlers = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _replied = new(StringComparer.Ordinal);

    /// <summary>A handler has sent a request, and the broker has it.</summary>
    /// <param name="handled">What the handler handles.</param>
    /// <param name="request">What it has sent.</param>
    public void Sent(Envelope handled, Envelope request)
    {
        if (request is not { CorrelationId: { } id, ReplyTo: not null }
            || !long.TryParse(Convert.ToString(request.Headers.GetValueOrDefault(MessageHeaders.Deadline), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var deadline))
        {
            return;
        }

        var wait = DateTimeOffset.FromUnixTimeMilliseconds(deadline) - time.GetUtcNow();
        lock (_lock)
        {
            // The reply may have been faster than the confirm. A second request beside the first changes nothing.
            if (_replied.Remove(id) || wait <= TimeSpan.Zero || _handlers.ContainsKey(handled))
            {
                return;
            }

            _handlers[handled] = new Waiting(id, time.CreateTimer(_ => Ended(handled), null, wait, Timeout.InfiniteTimeSpan));
        }

        workload.End();
    }

    /// <summary>A reply is sent: before it arrives, so that there is no moment in which nothing seems to happen.</summary>
    public void Replied(string correlationId)
    {
        Envelope? handled;
        lock (_lock)
        {
            handled = _handlers.FirstOrDefault(each => string.Equals(each.Value.CorrelationId, correlationId, StringComparison.Ordinal)).Key;
            if (handled is null)
            {
                _replied.Add(correlationId);
                return;
            }
        }

        Ended(handled);
    }

    /// <summary>A handler waits no more: its request was answered, its time is over, or it has ended for another reason.</summary>
    public void Ended(Envelope handled)
    {
        Waiting? waiting;
        lock (_lock)
        {
            if (!_handlers.Remove(handled, out waiting))
            {
                return;
            }
        }

        workload.Begin();
        waiting.Timer.Dispose();
    }

    private sealed record Waiting(string CorrelationId, ITimer Timer);
}
