namespace Mom.Messaging.Errors;

/// <summary>The broker blocks publishers, as it does when it runs out of memory or disk. Nothing was sent; consumers go on.</summary>
/// <param name="reason">The broker's own words, such as <c>low on memory</c>.</param>
public sealed class PublishingBlockedException(string reason)
    : BrokerUnavailableException(
        $"The broker takes no messages at present ({reason}); nothing was sent. Try again later: it unblocks by itself once the alarm is over. " +
        "If it stays, let consumers empty the queues, or give the broker more memory or disk.");
