using Mom.LocalHost;
using Mom.LocalHost.Ports;

namespace Mom.Chaos.Runs;

/// <summary>The private system that is broken: on free ports, with data of its own that is gone afterwards.</summary>
internal static class ChaosSystem
{
    public static LocalSystem Create(string directory) => new(new LocalSystemOptions
    {
        StateDirectory = directory,
        Ports = PortMap.Free(),
        Only = [.. ResourceNames.DataServers, ResourceNames.MathService, ResourceNames.DbWorker, ResourceNames.MathWorker, ResourceNames.Api, ResourceNames.Socket],
        ExtraConfiguration = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            // The usual 5 s would have to be waited for after each fault: https://www.rabbitmq.com/docs/management#statistics-interval
            [ResourceNames.RabbitMq] = ["collect_statistics_interval = 1000"],
        },
        ExtraEnvironment = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
        {
            // Long enough for a fault to meet operations under way.
            [ResourceNames.MathService] = new Dictionary<string, string>(StringComparer.Ordinal) { ["Math__Delay__Maximum"] = "00:00:00.2" },
            // What was lost is found before patience ends.
            [ResourceNames.DbWorker] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Jobs__Reconcile__Period"] = "00:00:05",
                ["Jobs__Reconcile__WhenQueuesAreEmpty"] = "00:00:40",
            },
        },
    });
}
