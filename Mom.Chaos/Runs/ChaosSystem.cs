using Mom.Testing;

namespace Mom.Chaos.Runs;

/// <summary>The private system that is broken: on free ports, with data of its own that is gone afterwards.</summary>
internal static class ChaosSystem
{
    /// <summary>Two, so that one can go while the other stays.</summary>
    public const int Workers = 2;

    /// <param name="name">Names the folder of its logs.</param>
    public static SystemOptions Options(string name) => new()
    {
        Name = name,
        Only =
        [
            .. ResourceNames.Servers, ResourceNames.MathService, ResourceNames.Deployer, ResourceNames.DbWorker, ResourceNames.MathWorker,
            ResourceNames.Api, ResourceNames.Socket,
        ],
        Replicas = new Dictionary<string, int>(StringComparer.Ordinal) { [ResourceNames.DbWorker] = Workers, [ResourceNames.MathWorker] = Workers },
        Configuration = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            // The usual 5 s would have to be waited for after each fault: https://www.rabbitmq.com/docs/management#statistics-interval
            [ResourceNames.RabbitMq] = ["collect_statistics_interval = 1000"],
        },
        Environment = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
        {
            // Long enough for a fault to meet operations under way.
            [ResourceNames.MathService] = new Dictionary<string, string>(StringComparer.Ordinal) { ["Math__Delay__Maximum"] = "00:00:00.2" },
            // What was lost is found before patience ends.
            [ResourceNames.DbWorker] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                // Few, so that jobs wait for their turn while something breaks.
                ["Jobs__PerUser__UnderWay"] = "2",
                ["Jobs__PerUser__Unfinished"] = "1000000",
                ["Jobs__Reconcile__Period"] = "00:00:05",
                ["Jobs__Reconcile__WhenQueuesAreEmpty"] = "00:00:40",
            },
        },
    };
}
