using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Takes one message from delivery to its outcome: handled, answered, to be tried again, or dead. When it returns the message
/// may be acked: all that follows from it has been confirmed by the broker.
/// </summary>
internal sealed class MessageProcessor(MessageReader reader, MessageOutcomes outcomes, IServiceScopeFactory scopes, ILogger<MessageProcessor> logger)
{
    /// <returns>Whether the message was handled; false when this attempt failed.</returns>
    /// <exception cref="OperationCanceledException">The process stops, or the session has ended; the message goes back to its queue.</exception>
    public async Task<bool> ProcessAsync(Delivery delivery, ConsumerRegistration consumer, SessionTokens tokens)
    {
        var message = delivery.Message;
        var context = reader.Context(message, consumer, tokens.HardStop);
        using var activity = MessagingActivities.StartProcess(message, consumer.Queue.Name, context.Attempt, delivery.Trace);
        using var scope = logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["messaging.message.id"] = message.MessageId,
            ["mom.message.type"] = message.Type,
        });
        var started = Stopwatch.GetTimestamp();
        Exception failure;
        try
        {
            var reply = await CallAsync(message, consumer, context, tokens.HardStop).ConfigureAwait(false);
            MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: true);
            if (reply is not null && message.ReplyTo is not null)
            {
                await outcomes.ReplyAsync(message, reply, tokens.Settle).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException) when (tokens.HardStop.IsCancellationRequested || tokens.Settle.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a handler throws must have an outcome.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: false);
        MessagingActivities.Failed(activity, failure);
        await outcomes.FailedAsync(message, consumer, context.Attempt, failure, tokens.Settle).ConfigureAwait(false);
        return false;
    }

    private async Task<object?> CallAsync(Envelope message, ConsumerRegistration consumer, MessageContext context, CancellationToken cancellationToken)
    {
        var body = reader.Read(message, consumer);
        await using var scope = scopes.CreateAsyncScope();
        object? reply;
        try
        {
            reply = await consumer.Handlers[body.GetType()](scope.ServiceProvider, body, context, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusalException refusal)
        {
            reply = new Refusal(refusal.Code, refusal.Message);
        }

        await context.ConfirmedAsync().ConfigureAwait(false);
        return reply;
    }
}
