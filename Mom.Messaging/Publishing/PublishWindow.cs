using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Publishing;

/// <summary>
/// Bounds the publishes whose confirm is outstanding. The client's own rate limiter does not: it gives its place back after the
/// write, before the confirm.
/// </summary>
/// <param name="size">Places.</param>
internal sealed class PublishWindow(int size) : IDisposable
{
    private readonly SemaphoreSlim _places = new(size, size);

    /// <summary>Places in all.</summary>
    public int Size => size;

    /// <summary>Free places.</summary>
    public int Free => _places.CurrentCount;

    /// <exception cref="PublishWindowFullException">There was no place in time.</exception>
    /// <exception cref="NotSentException">The waiting for a place was cancelled.</exception>
    public async Task EnterAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            if (!await _places.WaitAsync(atMost, cancellationToken).ConfigureAwait(false))
            {
                throw new PublishWindowFullException(size);
            }
        }
        catch (OperationCanceledException)
        {
            throw new NotSentException(size, cancellationToken);
        }

        MessagingMetrics.ConfirmAwaited(1);
    }

    public void Leave()
    {
        MessagingMetrics.ConfirmAwaited(-1);
        _places.Release();
    }

    public void Dispose() => _places.Dispose();
}

/// <summary>A publish was cancelled before anything was sent, for want of a place in the window: what waited may have to know that nothing can have arrived.</summary>
internal sealed class NotSentException(int window, CancellationToken cancellationToken) : OperationCanceledException(cancellationToken)
{
    /// <summary>The window's size, in messages.</summary>
    public int Window => window;
}
