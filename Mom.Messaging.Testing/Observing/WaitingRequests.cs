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
    private readonly Dictionary<string, ITimer> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _replied = new(StringComparer.Ordinal);

    /// <summary>A handler has sent a request, and the broker has it.</summary>
    public void Sent(Envelope request)
    {
        if (request is not { CorrelationId: { } id, ReplyTo: not null }
            || !long.TryParse(Convert.ToString(request.Headers.GetValueOrDefault(MessageHeaders.Deadline), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var deadline))
        {
            return;
        }

        var wait = DateTimeOffset.FromUnixTimeMilliseconds(deadline) - time.GetUtcNow();
        lock (_lock)
        {
            // The reply may have been faster than the confirm.
            if (_replied.Remove(id) || wait <= TimeSpan.Zero)
            {
                return;
            }

            _waiting[id] = time.CreateTimer(_ => GoesOn(id), null, wait, Timeout.InfiniteTimeSpan);
        }

        workload.End();
    }

    /// <summary>A reply is sent: before it arrives, so that there is no moment in which nothing seems to happen.</summary>
    public void Replied(string? correlationId)
    {
        if (correlationId is null)
        {
            return;
        }

        if (!GoesOn(correlationId))
        {
            lock (_lock)
            {
                _replied.Add(correlationId);
            }
        }
    }

    private bool GoesOn(string id)
    {
        ITimer? timer;
        lock (_lock)
        {
            if (!_waiting.Remove(id, out timer))
            {
                return false;
            }
        }

        workload.Begin();
        timer.Dispose();
        return true;
    }
}
