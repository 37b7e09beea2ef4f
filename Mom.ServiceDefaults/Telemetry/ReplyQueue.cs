namespace Mom.ServiceDefaults.Telemetry;

/// <summary>Recognises the names of reply queues, each of which ends in a token of its own.</summary>
internal static class ReplyQueue
{
    private const string Replies = "replies";

    /// <summary>Exclusive queues named by us, exclusive queues named by the broker, and the broker's direct reply-to.</summary>
    private static readonly string[] Prefixes = ["mom.reply.", "amq.gen-", "amq.rabbitmq.reply-to."];

    /// <summary><c>publish amq.gen-JzTY</c> becomes <c>publish replies</c>; a name without a reply queue stays as it is.</summary>
    public static string WithoutToken(string name)
    {
        // The queue is the last word: "fetch (empty) amq.gen-JzTY".
        var queue = name.LastIndexOf(' ') + 1;
        foreach (var prefix in Prefixes)
        {
            if (name.AsSpan(queue).StartsWith(prefix, StringComparison.Ordinal))
                return string.Concat(name.AsSpan(0, queue), Replies);
        }

        return name;
    }
}
