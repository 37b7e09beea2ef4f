using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Retries;

namespace Mom.Messaging.Consuming;

/// <summary>
/// The spans of a batch: that of each message in its own trace, as if it were handled alone, and one for what is done for all, in the trace of the first. It has
/// links to those of all messages, and those of the others one to it.
/// </summary>
internal sealed class BatchTraces : IDisposable
{
    private readonly IReadOnlyList<Delivery> _deliveries;
    private readonly Activity?[] _spans;
    private readonly ILogger _logger;

    private BatchTraces(IReadOnlyList<Delivery> deliveries, string queue, ILogger logger)
    {
        (_deliveries, _logger) = (deliveries, logger);
        _spans = [.. deliveries.Select(delivery => MessagingActivities.StartProcess(delivery.Message, queue, FailedMessages.AttemptOf(delivery.Message), delivery.Trace))];
        Batch = MessagingActivities.StartBatch(queue, [.. deliveries.Select((delivery, number) => _spans[number]?.Context ?? delivery.Trace)]);
        if (Batch is null)
        {
            return;
        }

        foreach (var span in _spans.Skip(1))
        {
            span?.AddLink(new ActivityLink(Batch.Context));
        }
    }

    /// <summary>The span of what is done for all.</summary>
    public Activity? Batch { get; }

    public static BatchTraces Start(IReadOnlyList<Delivery> deliveries, string queue, ILogger logger) => new(deliveries, queue, logger);

    /// <summary>Makes the span of one message the current one, and its tags those of the logs, until the result is disposed.</summary>
    /// <param name="number">Its place in the batch.</param>
    public IDisposable Enter(int number)
    {
        var before = Activity.Current;
        Activity.Current = _spans[number];
        var message = _deliveries[number].Message;
        return new Entered(MessageTags.Begin(_logger, new("messaging.message.id", message.MessageId), new("mom.message.type", message.Type)), before);
    }

    public void Dispose()
    {
        Batch?.Dispose();
        // The last first: the end of each makes the one before it the current one.
        foreach (var span in _spans.Reverse())
        {
            span?.Dispose();
        }
    }

    private sealed class Entered(MessageTags tags, Activity? before) : IDisposable
    {
        public void Dispose()
        {
            tags.Dispose();
            Activity.Current = before;
        }
    }
}
