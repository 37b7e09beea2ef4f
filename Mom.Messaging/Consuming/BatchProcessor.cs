using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Consuming;

/// <summary>Takes many messages of one kind to their outcome, in one call of their handler where that succeeds.</summary>
internal sealed class BatchProcessor(MessageReader reader, IServiceScopeFactory scopes, ILogger<BatchProcessor> logger)
{
    /// <returns>Whether all were handled; false when each of them must be handled alone.</returns>
    /// <exception cref="OperationCanceledException">The process stops; the messages go back to their queue.</exception>
    public async Task<bool> TryProcessAsync(IReadOnlyList<Delivery> deliveries, BatchRegistration batch, ConsumerRegistration consumer, SessionTokens tokens)
    {
        using var activity = MessagingActivities.StartBatch(consumer.Queue.Name, [.. deliveries.Select(delivery => delivery.Trace)]);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var messages = deliveries
                .Select(delivery => (reader.Read(delivery.Message, consumer), Context: reader.Context(delivery.Message, consumer, tokens.HardStop)))
                .ToList();
            await using var scope = scopes.CreateAsyncScope();
            await batch.Call(scope.ServiceProvider, messages, tokens.HardStop).ConfigureAwait(false);
            await Task.WhenAll(messages.Select(message => message.Context.ConfirmedAsync())).ConfigureAwait(false);
            foreach (var _ in deliveries)
            {
                MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: true);
            }

            return true;
        }
        catch (OperationCanceledException) when (tokens.HardStop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a handler throws, the remedy is to find out which message it was.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            MessagingActivities.Failed(activity, exception);
            Log.BatchFailed(logger, exception, deliveries.Count, consumer.Queue.Name);
            return false;
        }
    }
}
