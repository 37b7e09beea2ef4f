using System.Text.RegularExpressions;
using Mom.Contracts;
using Mom.Messaging.Topology;

namespace Mom.AppHost.Model.Access;

/// <summary>The permissions of a broker user, as regular expressions: https://www.rabbitmq.com/docs/access-control.</summary>
/// <param name="Name">The user's name.</param>
internal sealed record BrokerUser(string Name)
{
    /// <summary>The pattern that matches no name.</summary>
    public const string Nothing = "^$";

    /// <summary>The names that the user may declare and delete.</summary>
    public string Configure { get; init; } = Nothing;

    /// <summary>The names that the user may publish to, or bind.</summary>
    public string Write { get; init; } = Nothing;

    /// <summary>The names that the user may consume from, or bind to.</summary>
    public string Read { get; init; } = Nothing;

    /// <summary>Per topic exchange: the routing keys that the user may publish with, and bind with.</summary>
    public IReadOnlyDictionary<string, (string Write, string Read)> Topics { get; init; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal);

    /// <summary><c>administrator</c>, <c>monitoring</c>, or none.</summary>
    public string Tag { get; init; } = string.Empty;
}

/// <summary>The users of the broker and their permissions, derived from the topology. The table is in <c>docs/least-privilege.md</c>.</summary>
internal static class BrokerUsers
{
    private const string Anything = ".*";

    private static readonly BrokerTopology Topology = MomTopology.Default;

    // Without a topic permission a user who may write to an exchange may use any routing key: so each user has one for each exchange.
    private static readonly string[] Exchanges = [Topology.CommandExchange, Topology.EventExchange, Topology.ReplyExchange];

    /// <summary>All users but the administrator.</summary>
    public static IReadOnlyList<BrokerUser> All { get; } = [Deployer(), Api(), DbWorker(), MathWorker(), Socket(), ApiMonitoring()];

    // The management API shows a virtual host only to users with a permission in it, even one that matches nothing.
    private static BrokerUser ApiMonitoring() => new(MomUsers.ApiMonitoring) { Tag = "monitoring" };

    // Declaring a queue with a dead letter exchange requires read permission on the queue and write permission on the exchange, and so does each
    // binding. The topic permissions still forbid all publishing, and the work queues are not readable.
    private static BrokerUser Deployer()
    {
        string[] names =
        [
            .. Exchanges, Topology.DeclaredMarker, DelayExchanges.Undelivered, .. DelayExchanges.Topics,
            .. Topology.Queues.SelectMany(queue => (string[])[.. queue.WorkQueues, .. queue.SupportQueues, .. queue.RetryQueues, queue.DeadLetterQueue]),
        ];
        return new(MomUsers.Deployer)
        {
            Configure = Any(names),
            Write = Any(names),
            Read = Any([.. Exchanges, DelayExchanges.Undelivered, .. DelayExchanges.Topics, .. Topology.Queues.SelectMany(queue => queue.RetryQueues)]),
            Topics = ((string[])[.. Exchanges, .. DelayExchanges.Topics]).ToDictionary(exchange => exchange, _ => (BrokerUser.Nothing, Anything), StringComparer.Ordinal),
        };
    }

    private static BrokerUser Api()
    {
        var replies = RepliesOf(MomUsers.Api);
        var (commands, queries) = (Topology.Queue(MomQueues.DbCommands), Topology.Queue(MomQueues.DbQueries));
        return new(MomUsers.Api)
        {
            Configure = $"^{replies}",
            Write = $"^({Regex.Escape(Topology.CommandExchange)}$|{replies})",
            Read = $"^({Regex.Escape(Topology.ReplyExchange)}$|{replies})",
            Topics = Topics((Topology.CommandExchange, Any(commands.Name, commands.UrgentQueue, queries.Name), BrokerUser.Nothing), (Topology.ReplyExchange, BrokerUser.Nothing, $"^{replies}")),
        };
    }

    private static BrokerUser DbWorker()
    {
        QueueDefinition[] own = [Topology.Queue(MomQueues.DbCommands), Topology.Queue(MomQueues.DbQueries)];
        var levels = Enumerable.Range(0, DelayExchanges.Levels).Select(DelayExchanges.Level);
        return new(MomUsers.DbWorker)
        {
            Write = Any([.. Exchanges, .. levels]),
            Read = Any([.. own.SelectMany(ConsumedBy), .. Topology.Queues.Select(queue => queue.DeadLetterQueue)]),
            // Steps and replayed messages go to the work queues of other services, failed messages to the retry queues and dead letter queues of its own.
            // It may delay only messages to itself.
            Topics = Topics(
            [
                (Topology.CommandExchange, Any([.. Topology.Queues.SelectMany(queue => queue.RoutingKeys), .. own.SelectMany(KeysOf)]), BrokerUser.Nothing),
                (Topology.EventExchange, Anything, BrokerUser.Nothing),
                (Topology.ReplyExchange, $"^{Regex.Escape("mom.reply.")}", BrokerUser.Nothing),
                .. levels.Select(level => (level, Delayed(MomQueues.DbCommands), BrokerUser.Nothing)),
            ]),
        };
    }

    private static BrokerUser MathWorker() => Consumer(MomUsers.MathWorker, MomQueues.MathSteps, MomQueues.DbCommands);

    private static BrokerUser Socket() => Consumer(MomUsers.Socket, MomQueues.SocketNotifications);

    private static BrokerUser Consumer(string name, string queue, params IEnumerable<string> sendsTo)
    {
        var own = Topology.Queue(queue);
        return new(name)
        {
            Write = Any(Topology.CommandExchange),
            Read = Any(ConsumedBy(own)),
            Topics = Topics((Topology.CommandExchange, Any([.. KeysOf(own), .. sendsTo]), BrokerUser.Nothing)),
        };
    }

    /// <summary>The keys with which the consumer of a queue moves its messages on.</summary>
    private static string[] KeysOf(QueueDefinition queue) => [.. ConsumedBy(queue), .. queue.RetryQueues, queue.DeadLetterQueue];

    /// <summary>The queues that the consumer of a queue reads.</summary>
    private static IEnumerable<string> ConsumedBy(QueueDefinition queue) => [.. queue.WorkQueues, .. queue.SupportQueues];

    private static string RepliesOf(string user) => Regex.Escape($"mom.reply.{user}.");

    private static string Any(params IEnumerable<string> names) => $"^({string.Join('|', names.Distinct(StringComparer.Ordinal).Select(Regex.Escape))})$";

    /// <summary>The keys with which a message comes to a queue after any delay: a digit for each level, and the queue.</summary>
    private static string Delayed(string queue) => $"^([01][.]){{{DelayExchanges.Levels}}}q[.]{Regex.Escape(queue)}$";

    private static Dictionary<string, (string Write, string Read)> Topics(params (string Exchange, string Write, string Read)[] permitted)
    {
        var topics = Exchanges.ToDictionary(exchange => exchange, _ => (BrokerUser.Nothing, BrokerUser.Nothing), StringComparer.Ordinal);
        foreach (var (exchange, write, read) in permitted)
        {
            topics[exchange] = (write, read);
        }

        return topics;
    }
}
