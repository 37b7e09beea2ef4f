using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Retries;
using Mom.Messaging.Rpc;

namespace Mom.Messaging.Consuming;

/// <summary>What follows from a message that was handled or failed; all of it is confirmed when a method returns.</summary>
internal sealed class MessageOutcomes(EnvelopeFactory envelopes, SettlingPublisher publisher, FailedMessages failed, ILogger<MessageOutcomes> logger)
{
    public Task ReplyAsync(Envelope request, object reply, CancellationToken cancellationToken) =>
        publisher.PublishAsync(envelopes.Reply(request, reply), cancellationToken);

    /// <summary>Tells the caller of a request, if there is one, that it will not be answered.</summary>
    public Task ReplyFailureAsync(Envelope request, CancellationToken cancellationToken) =>
        request.ReplyTo is null ? Task.CompletedTask : ReplyAsync(request, new Failure("The request could not be handled."), cancellationToken);

    /// <summary>After a failed attempt: the next one, or the end.</summary>
    public async Task FailedAsync(Envelope message, ConsumerRegistration consumer, int attempt, Exception exception, CancellationToken cancellationToken)
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

        await ReplyFailureAsync(message, cancellationToken).ConfigureAwait(false);
    }
}
