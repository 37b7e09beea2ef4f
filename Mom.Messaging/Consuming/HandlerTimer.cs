using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Gives every call of a handler an end. At <see cref="ConsumerOptions.HandlerTimeout"/> its token fires; a handler that has not ended
/// <see cref="ConsumerOptions.HandlerGrace"/> later is abandoned: its message goes on as after any failed attempt, and its place is given back. The
/// handler cannot be stopped and may still be running, so that its effect may come later than the next attempt's: the inbox row in its
/// transaction lets only one of them through. What it returns or throws by then is dropped, so that a message is settled once.
/// </summary>
internal sealed class HandlerTimer(TimeProvider time, ILogger<HandlerTimer> logger)
{
    /// <summary>Calls a handler, also one that blocks its thread, and returns what it returns.</summary>
    /// <param name="call">The handler.</param>
    /// <param name="message">What it handles; of several messages the first.</param>
    /// <param name="messages">How many messages.</param>
    /// <param name="consumer">How long it may take.</param>
    /// <param name="lane">Is told of handlers that exceed their time.</param>
    /// <param name="hardStop">The process can wait no longer. It waits for the handler's own end all the same: the session is the one that gives up.</param>
    /// <exception cref="HandlerTimeoutException">It did not succeed in time.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, Envelope message, int messages, ConsumerRegistration consumer, LaneState lane, CancellationToken hardStop)
    {
        var options = consumer.Options;
        var end = new TimedToken(options.HandlerTimeout, time, hardStop);
        var handler = OnThreadOfItsOwnAsync(call, end.Token);
        try
        {
            await ((Task)handler).WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.HasFired && !hardStop.IsCancellationRequested)
            {
                MessagingMetrics.HandlerTimedOut(consumer.Queue.Name);
                lane.Overdue(messages);
                await EndsWithinAsync(handler, options.HandlerGrace).ConfigureAwait(false);
                lane.Overdue(-messages);
                if (!handler.IsCompleted)
                {
                    var what = Describe(message, messages);
                    Log.HandlerAbandoned(logger, what, consumer.Queue.Name, options.HandlerTimeout, options.HandlerGrace);
                    throw new HandlerTimeoutException(what, options.HandlerTimeout);
                }
            }

            // Perhaps late, but at its end: what it has done is done, and is not to be done again.
            return await handler.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (handler.IsCompleted && end.HasFired && !hardStop.IsCancellationRequested)
        {
            throw new HandlerTimeoutException(Describe(message, messages), options.HandlerTimeout, exception);
        }
        finally
        {
            if (handler.IsCompleted)
            {
                end.Dispose();
            }
            else
            {
                _ = OutliveAsync(handler, end, Describe(message, messages), consumer.Queue.Name, lane);
            }
        }
    }

    // One that blocks must not keep us from giving up.
    private static async Task<T> OnThreadOfItsOwnAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken end)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await call(end).ConfigureAwait(false);
    }

    private static string Describe(Envelope first, int messages) => messages == 1 ? $"'{first.Type}' {first.MessageId}" : $"a batch of {messages} '{first.Type}'";

    private async Task EndsWithinAsync(Task handler, TimeSpan grace)
    {
        using var ended = new CancellationTokenSource();
        await Task.WhenAny(handler, Task.Delay(grace, time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
    }

    private async Task OutliveAsync(Task handler, TimedToken end, string what, string queue, LaneState lane)
    {
        lane.Abandoned(1);
        MessagingMetrics.HandlerAbandoned(queue, 1);
        await handler.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lane.Abandoned(-1);
        MessagingMetrics.HandlerAbandoned(queue, -1);
        // Looked at, so that it does not surface a second time as unobserved.
        Log.AbandonedHandlerEnded(logger, handler.Exception?.InnerException, what, queue, handler.Status);
        end.Dispose();
    }

    // Fires after a time by the time provider, or with another token. A linked source takes no time provider.
    private sealed class TimedToken : IDisposable
    {
        private readonly CancellationTokenSource _source;
        private readonly CancellationTokenRegistration _link;

        public TimedToken(TimeSpan after, TimeProvider time, CancellationToken other)
        {
            _source = new CancellationTokenSource(after, time);
            _link = other.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        }

        public CancellationToken Token => _source.Token;

        public bool HasFired => _source.IsCancellationRequested;

        public void Dispose()
        {
            _link.Dispose();
            _source.Dispose();
        }
    }
}
