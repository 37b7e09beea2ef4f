using Mom.Contracts.Jobs;
using Mom.Messaging.Topology;

namespace Mom.Contracts;

/// <summary>The one place where the exchanges and queues of this system are defined.</summary>
public static class MomTopology
{
    /// <summary>Routes commands and requests by the name of their queue.</summary>
    public const string CommandExchange = "mom.messages";

    /// <summary>Routes replies by the name of the reply queue.</summary>
    public const string ReplyExchange = "mom.replies";

    /// <summary>Routes events by topic.</summary>
    public const string EventExchange = "mom.events";

    /// <summary>The topology, with the retry delays of each queue.</summary>
    public static BrokerTopology Default { get; } = new(CommandExchange, EventExchange,
    [
        // Somebody waits for the requests on it, and the results of jobs go there too: neither may hold up the other.
        new(MomQueues.DbCommands) { UrgentLane = true, RetryDelays = Seconds(1, 5, 15, 30, 60) },
        // A reader waits for the answer: a retry would come after the caller has gone.
        new(MomQueues.DbQueries),
        .. JobTypes.All.Select(type => new QueueDefinition(type.Queue) { RetryDelays = type.RetryDelays }),
        // Pushes to pages. Everything that they tell is in the database, where a page that was offline looks for it: the oldest may go, and must, for
        // without a socket the queue would grow until the disk is full.
        new(MomQueues.SocketNotifications)
        {
            EventPatterns = ["#"],
            RetryDelays = Seconds(1, 5, 15),
            Limits = new QueueLimits { Messages = 100_000, Bytes = 256 * 1024 * 1024, Age = TimeSpan.FromHours(1) },
        },
    ])
    {
        ReplyExchange = ReplyExchange,
    };

    private static TimeSpan[] Seconds(params int[] seconds) => [.. seconds.Select(s => TimeSpan.FromSeconds(s))];
}
