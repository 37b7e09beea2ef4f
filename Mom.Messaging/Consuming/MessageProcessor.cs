using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Contracts;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Retries;
using Mom.Messaging.Rpc;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Takes one message from delivery to its outcome: handled, answered, to be tried again, or dead. When it returns true the
/// message may be acked: all that follows from it has been confirmed by the broker.
/// </summary>
internal sealed class MessageProcessor(
    MessageRegistry registry,
    EnvelopeFactory envelopes,
    IMessagePublisher publisher,
    FailedMessages failed,
    IServiceScopeFactory scopes,
    ILogger<MessageProcessor> logger)
{
    /// <exception cref="OperationCanceledException">The process stops; the message goes back to its queue.</exception>
    public async Task ProcessAsync(Envelope message, ConsumerRegistration consumer, CancellationToken cancellationToken)
    {
        var attempt = FailedMessages.AttemptOf(message);
        using var activity = MessagingActivities.StartProcess(message, consumer.Queue.Name, attempt);
        using var scope = logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["messaging.message.id"] = message.MessageId,
            ["mom.message.type"] = message.Type,
        });
        var started = Stopwatch.GetTimestamp();
        MessagingMetrics.Consumed(consumer.Queue.Name);
        try
        {
            var reply = await CallAsync(message, consumer, attempt, cancellationToken).ConfigureAwait(false);
            if (reply is not null && message.ReplyTo is not null)
            {
                await ReplyAsync(message, reply, cancellationToken).ConfigureAwait(false);
            }

            MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a handler throws must have an outcome.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: false);
            MessagingActivities.Failed(activity, exception);
            await FailAsync(message, consumer, attempt, exception, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<object?> CallAsync(Envelope message, ConsumerRegistration consumer, int attempt, CancellationToken cancellationToken)
    {
        if (registry.Find(message.Type) is not { } contract || !consumer.Handlers.TryGetValue(contract.ClrType, out var handler))
        {
            throw new UnknownMessageException($"Nothing here handles '{message.Type}' from {consumer.Queue.Name}.");
        }

        var body = Read(message, contract);
        var context = new MessageContext(
            message.MessageId,
            consumer.Queue.Name,
            attempt,
            RetrySchedule.MaxAttempts(consumer.Queue),
            message.Timestamp);
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await handler(scope.ServiceProvider, body, context, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusalException refusal)
        {
            return new Refusal(refusal.Code, refusal.Message);
        }
    }

    private static object Read(Envelope message, MessageContract contract)
    {
        try
        {
            return JsonSerializer.Deserialize(message.Body.Span, contract.Json) ?? throw new MalformedBodyException($"The body of '{message.Type}' is null.");
        }
        catch (JsonException exception)
        {
            throw new MalformedBodyException($"The body of '{message.Type}' cannot be read: {exception.Message}", exception);
        }
    }

    private async Task FailAsync(Envelope message, ConsumerRegistration consumer, int attempt, Exception exception, CancellationToken cancellationToken)
    {
        DeadLetterReason? reason = exception switch
        {
            UnknownMessageException => DeadLetterReason.UnknownType,
            MalformedBodyException => DeadLetterReason.MalformedBody,
            PermanentFailureException => DeadLetterReason.PermanentFailure,
            _ => attempt < RetrySchedule.MaxAttempts(consumer.Queue) ? null : DeadLetterReason.AttemptsExhausted,
        };

        if (message is { ReplyTo: not null, Expiration: not null } && reason is null or DeadLetterReason.AttemptsExhausted)
        {
            // A query: its caller is the only one who needs to know, and will have gone before a retry.
            Log.QueryFailed(logger, exception, message.Type, message.MessageId);
        }
        else if (reason is null)
        {
            var delay = RetrySchedule.DelayAfter(consumer.Queue, attempt, Random.Shared.NextDouble());
            await failed.RetryAsync(message, consumer.Queue, exception, delay, cancellationToken).ConfigureAwait(false);
            Log.Retrying(logger, exception, message.Type, message.MessageId, attempt, RetrySchedule.MaxAttempts(consumer.Queue), delay);
            return;
        }
        else
        {
            await failed.DeadLetterAsync(message, consumer.Queue, reason.Value, exception, cancellationToken).ConfigureAwait(false);
            Log.DeadLettered(logger, exception, message.Type, message.MessageId, consumer.Queue.Name, reason.Value);
        }

        if (message.ReplyTo is not null)
        {
            await ReplyAsync(message, new Failure("The request could not be handled."), cancellationToken).ConfigureAwait(false);
        }
    }

    private Task ReplyAsync(Envelope request, object reply, CancellationToken cancellationToken) =>
        publisher.PublishAsync(envelopes.Reply(request, reply), cancellationToken);
}
