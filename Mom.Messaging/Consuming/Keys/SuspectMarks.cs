using System.Globalization;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Retries;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Consuming.Keys;

/// <summary>
/// Finds the message of a partition that kills its consumer. To move it to another queue, as <see cref="SuspectMessages"/> does, would end its order.
/// So it stays where it is: the first messages that come back from a lost consumer, as many as it can have had, are begun alone, and before each the
/// partition's mark says which, and how often by then. A consumer that finds the mark of the message that it is about to begin knows that another one
/// was lost over it. The mark is a message in a queue with room for one.
/// </summary>
internal sealed class SuspectMarks(
    SettlingPublisher publisher, BrokerConnections connections, FailedMessages failed, BrokerTopology topology, TimeProvider time, ILogger<SuspectMarks> logger)
{
    private const string Type = "mom.suspect";

    /// <summary>Notes that a message is begun.</summary>
    /// <returns>False when it has taken its consumers down too often, and became a dead letter.</returns>
    public async Task<bool> BeginAsync(Envelope message, ConsumerRegistration consumer, string partition, CancellationToken cancellationToken)
    {
        // One that was read and not acked is there again when this process ends now.
        var channel = await connections.Consume.Require().CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            var mark = await channel.BasicGetAsync(QueueDefinition.MarkOf(partition), autoAck: false, cancellationToken).ConfigureAwait(false);
            var crashes = 1 + (mark is not null && MessageIdentity.Of(mark.BasicProperties.MessageId) == message.MessageId ? CrashesOf(mark) : 0);
            if (crashes > consumer.Options.MaxCrashes)
            {
                var charged = message with { Headers = new Dictionary<string, object?>(message.Headers, StringComparer.Ordinal) { [MessageHeaders.Crashes] = crashes } };
                await failed.DeadLetterAsync(charged, consumer.Queue, DeadLetterReason.CrashedTooOften, exception: null, cancellationToken).ConfigureAwait(false);
                return false;
            }

            await WriteAsync(message, partition, crashes, cancellationToken).ConfigureAwait(false);
            MessagingMetrics.Suspected(consumer.Queue.Name, LaneKind.Partition);
            Log.BegunAlone(logger, message.Type, message.MessageId, partition, crashes);
            if (mark is not null)
            {
                await channel.BasicAckAsync(mark.DeliveryTag, multiple: false, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
    }

    /// <summary>Notes that a message goes back without an outcome, and that no consumer was lost over it.</summary>
    public Task ForgetAsync(Envelope message, string partition, CancellationToken cancellationToken) => WriteAsync(message, partition, crashes: 0, cancellationToken);

    private Task WriteAsync(Envelope message, string partition, int crashes, CancellationToken cancellationToken) => publisher.PublishAsync(
        new Envelope(topology.CommandExchange, QueueDefinition.MarkOf(partition), Type, message.MessageId, MessagePriority.Normal, ReadOnlyMemory<byte>.Empty)
        {
            Timestamp = time.GetUtcNow(),
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [MessageHeaders.Crashes] = crashes },
        },
        cancellationToken);

    private static int CrashesOf(RabbitMQ.Client.BasicGetResult mark) =>
        mark.BasicProperties.Headers?.TryGetValue(MessageHeaders.Crashes, out var value) == true
        && int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var crashes) ? crashes : 0;
}
