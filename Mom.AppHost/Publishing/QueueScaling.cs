using Mom.Contracts.Jobs;

namespace Mom.AppHost.Publishing;

/// <summary>How many replicas of a worker its queues ask for, by KEDA's scaler for RabbitMQ: as many as the one that asks for the most.</summary>
/// <param name="Worker">The service.</param>
/// <param name="Minimum">The fewest replicas. Not 0: a first message would wait for a process to start, and a user may wait for its reply.</param>
/// <param name="Maximum">The most replicas.</param>
/// <param name="Queues">The queues that are measured.</param>
/// <remarks>https://keda.sh/docs/latest/scalers/rabbitmq-queue/</remarks>
internal sealed record QueueScaling(string Worker, int Minimum, int Maximum, params IReadOnlyList<QueueLength> Queues)
{
    /// <summary>The variable by which the worker knows the broker; a secret wherever the worker is published.</summary>
    public const string BrokerVariable = "ConnectionStrings__rabbitmq";

    public static IReadOnlyList<QueueScaling> All { get; } =
    [
        // Each replica adds connections and locks to the one database: so few replicas, each with a larger backlog. Where a caller waits for
        // the answer, a tenth of that backlog is too long already.
        new("db-worker", Minimum: 2, Maximum: 8, new("db.commands", 500), new("db.commands.urgent", 50), new("db.queries", 50)),
        // A math step costs waiting time and no processor time: 16 at once per replica, up to 10 s each.
        new("math-worker", Minimum: 2, Maximum: 20, [.. JobTypes.All.Select(type => new QueueLength(type.Queue, 100))]),
    ];

    /// <summary>The rule for a service; <see langword="null"/> when its replicas are not a matter of a queue.</summary>
    public static QueueScaling? Of(string service) => All.SingleOrDefault(scaling => string.Equals(scaling.Worker, service, StringComparison.Ordinal));
}
