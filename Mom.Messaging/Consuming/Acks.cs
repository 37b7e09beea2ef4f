using RabbitMQ.Client;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Acks the deliveries of one channel. What has been handled by the time that the thread pool gets to it is acked together: one frame acks all up to
/// a tag (<c>multiple</c>), where none below it is still being handled; the others have one each. Nothing waits for more to come.
/// </summary>
/// <remarks>
/// Tags grow on each channel, and all of them are this consumer's; <see cref="Received"/> is told of them in their order. All acks go by here, one after the other: a tag that is acked twice ends the channel
/// (AMQP 0-9-1, basic.ack).
/// </remarks>
/// <param name="failed">Is told why an ack could not be sent. Nothing is acked after that.</param>
internal sealed class Acks(Action<Exception> failed) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();

    // Received and not handled yet: as many as the prefetch allows.
    private readonly SortedSet<ulong> _open = [];
    private readonly List<ulong> _handled = [];
    private readonly List<ulong> _alone = [];

    private IChannel? _channel;
    private bool _sending;
    private bool _ended;
    private TaskCompletionSource? _next;

    /// <summary>Acks by this channel. Before the first delivery.</summary>
    public void Begin(IChannel channel) => _channel = channel;

    /// <summary>A delivery has come, and may not be acked yet.</summary>
    public void Received(ulong tag)
    {
        lock (_lock)
        {
            _open.Add(tag);
        }
    }

    /// <summary>A delivery may be acked.</summary>
    public void Handled(ulong tag)
    {
        lock (_lock)
        {
            _open.Remove(tag);
            _handled.Add(tag);
            if (_sending)
            {
                return;
            }

            _sending = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Waits until the acks of all that has been handled are with the client, or cannot be sent any more.</summary>
    public Task SentAsync()
    {
        lock (_lock)
        {
            return !_sending || _ended ? Task.CompletedTask : (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    private async Task SendAsync()
    {
        while (Take() is var (upTo, waiting))
        {
            try
            {
                if (upTo > 0)
                {
                    await _channel!.BasicAckAsync(upTo, multiple: true, CancellationToken.None).ConfigureAwait(false);
                }

                foreach (var tag in _alone)
                {
                    await _channel!.BasicAckAsync(tag, multiple: false, CancellationToken.None).ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // Nobody waits for this: what is not dealt with here is dealt with by nobody.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                lock (_lock)
                {
                    _ended = true;
                }

                failed(exception);
            }

            waiting?.SetResult();
        }
    }

    /// <returns>Up to which tag all may be acked, 0 for none; those beside it are in <see cref="_alone"/>. <see langword="null"/> when there is nothing to ack.</returns>
    private (ulong UpTo, TaskCompletionSource? Waiting)? Take()
    {
        lock (_lock)
        {
            if (_ended || _handled.Count == 0)
            {
                _sending = false;
                var unsent = _next;
                _next = null;
                unsent?.SetResult();
                return null;
            }

            var (upTo, below) = (0UL, _open.Count == 0 ? ulong.MaxValue : _open.Min);
            _alone.Clear();
            foreach (var tag in _handled)
            {
                if (tag > below)
                {
                    _alone.Add(tag);
                }
                else if (tag > upTo)
                {
                    upTo = tag;
                }
            }

            _handled.Clear();
            var waiting = _next;
            _next = null;
            return (upTo, waiting);
        }
    }
}
