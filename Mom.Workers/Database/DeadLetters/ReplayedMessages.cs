using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Publishing;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>
/// Puts the message of a dead letter into the outbox once more: the same id, so that an effect which it has had already is not had
/// twice; the same priority; the trace in which it died; its first attempt.
/// </summary>
/// <remarks>The headers of its sender go with it, the sender's name and the number of the replay; no others of the engine, and the broker's never.</remarks>
internal sealed class ReplayedMessages(EntityFrameworkOutbox<MomDbContext> outbox, JobChanges jobs, PublisherOptions publishing, TimeProvider time)
{
    /// <param name="letter">With its audit.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    /// <returns>Why it was not sent, or <see langword="null"/>.</returns>
    public async Task<string?> SendAsync(DeadLetterRow letter, CancellationToken cancellationToken)
    {
        var message = new Envelope(MomTopology.CommandExchange, letter.Queue, StorableText.Original(letter.Type), letter.MessageId, letter.Priority, letter.Body)
        {
            Timestamp = time.GetUtcNow(),
            TraceParent = letter.TraceParent,
            Headers = new Dictionary<string, object?>(DeadLetterHeaders.Sent(letter.Headers), StringComparer.Ordinal)
            {
                [MessageHeaders.Replay] = letter.Replays + 1,
                // A replay is published by this worker, to this worker's queues among others: it must not make a message the worker's own.
                [MessageHeaders.Sender] = DeadLetterHeaders.Texts(letter.Headers).GetValueOrDefault(MessageHeaders.Sender, string.Empty),
            },
        }.Portable();
        if (message.Body.Length > publishing.MaxBodyBytes)
        {
            return $"It has {message.Body.Length:N0} bytes, more than can be sent ({publishing.MaxBodyBytes:N0}).";
        }

        var key = $"dead-letter {letter.Id}";
        if (DeadSteps.IsStep(letter))
        {
            // The job failed with its step. Without taking that back nothing would listen to the step's outcome.
            if (DeadSteps.Read(letter) is not { } step)
            {
                return "Its body cannot be read; edit it first.";
            }

            if (await ReopenAsync(step, cancellationToken) is { } obstacle)
            {
                return obstacle;
            }

            key = step.JobId.ToString();
        }

        outbox.Add(key, message);
        return null;
    }

    private async Task<string?> ReopenAsync(MathStep step, CancellationToken cancellationToken)
    {
        if (await jobs.LockAsync(step.JobId, cancellationToken) is not { } job)
        {
            return "Its job does not exist.";
        }

        if (!JobTransitions.Replay(job, step.Run, step.Step, time.GetUtcNow()))
        {
            return "It would have no effect: its job did not fail with it, or was retried or cancelled since.";
        }

        jobs.Announce(job);
        return null;
    }
}
