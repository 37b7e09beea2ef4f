namespace Mom.AppHost.Publishing;

/// <summary>How many replicas of a worker the length of a queue asks for, by KEDA's scaler for RabbitMQ.</summary>
/// <param name="Worker">The service.</param>
/// <param name="Queue">The queue that is measured.</param>
/// <param name="MessagesPerReplica">So many waiting messages ask for one replica more.</param>
/// <param name="Minimum">Never fewer. Not 0: a first message would wait for a process to start, and somebody may wait for that message.</param>
/// <param name="Maximum">Never more.</param>
/// <remarks>https://keda.sh/docs/latest/scalers/rabbitmq-queue/</remarks>
internal sealed record QueueScaling(string Worker, string Queue, int MessagesPerReplica, int Minimum, int Maximum)
{
    /// <summary>The variable by which the worker knows the broker; a secret wherever the worker is published.</summary>
    public const string BrokerVariable = "ConnectionStrings__rabbitmq";

    public static IReadOnlyList<QueueScaling> All { get; } =
    [
        // Every replica adds connections and locks to one database: few of them, each with a backlog of its own.
        new("db-worker", "db.commands", MessagesPerReplica: 500, Minimum: 2, Maximum: 8),
        // A step is waiting and no work: 16 at once per replica, up to 10 s each.
        new("math-worker", "math.steps", MessagesPerReplica: 100, Minimum: 2, Maximum: 20),
    ];

    /// <summary>The rule for a service; <see langword="null"/> when its replicas are not a matter of a queue.</summary>
    public static QueueScaling? Of(string service) => All.SingleOrDefault(scaling => string.Equals(scaling.Worker, service, StringComparison.Ordinal));

    /// <summary>What the scaler is told, but for the broker's address.</summary>
    public Dictionary<string, string> Metadata => new(StringComparer.Ordinal)
    {
        ["protocol"] = "amqp",
        ["queueName"] = Queue,
        ["mode"] = "QueueLength",
        ["value"] = MessagesPerReplica.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
