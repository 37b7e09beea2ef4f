using System.Globalization;
using Mom.Testing;

namespace Mom.Bench.WholeSystem;

/// <summary>Whether services grow while they work: their resident memory after a minute of load and at the end of it.</summary>
/// <param name="minutes">How long the load lasts.</param>
/// <param name="progress">Is told what is done.</param>
internal sealed class SoakBench(int minutes, Action<string> progress)
{
    private const int JobsPerSecond = 30;
    private const int Callers = 8;

    private static readonly string[] Services = [ResourceNames.Api, ResourceNames.DbWorker, ResourceNames.MathWorker, ResourceNames.MathService, ResourceNames.Socket];

    public async Task<SoakFigures> RunAsync(CancellationToken cancellationToken)
    {
        progress("soak: starting everything");
        await using var system = await RunningSystem.StartAsync(BenchSystem.Options("bench-soak"), cancellationToken);
        var orderers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => JobOrderer.StartAsync(system, cancellationToken)));
        try
        {
            progress($"soak: {JobsPerSecond} jobs a second for {minutes} minutes");
            await Pace.AtAsync(JobsPerSecond, orderers, TimeSpan.FromMinutes(1), cancellationToken);
            var first = Resident();
            await Pace.AtAsync(JobsPerSecond, orderers, TimeSpan.FromMinutes(minutes - 1), cancellationToken);
            return new SoakFigures(minutes, first, Resident());
        }
        finally
        {
            foreach (var orderer in orderers)
            {
                await orderer.DisposeAsync();
            }
        }

        Dictionary<string, double> Resident() => Services.ToDictionary(service => service, service => Memory.Resident(system.ProcessesOf(service)), StringComparer.Ordinal);
    }
}

/// <summary>Resident memory under load, in MiB, by process.</summary>
/// <param name="Minutes">How long the load lasted.</param>
/// <param name="AfterAMinute">After the first minute.</param>
/// <param name="AtTheEnd">At the end.</param>
internal sealed record SoakFigures(int Minutes, IReadOnlyDictionary<string, double> AfterAMinute, IReadOnlyDictionary<string, double> AtTheEnd)
{
    /// <summary>The figures beside their goals.</summary>
    public IReadOnlyList<Bar> Bars =>
    [
        .. AtTheEnd.Select(service => Bar.AtMost(string.Create(CultureInfo.InvariantCulture, $"{service.Key}: MiB after {Minutes} minutes / after 1"), service.Value, AfterAMinute[service.Key], 1.1)),
        .. AtTheEnd.Select(service => Bar.AtMost($"{service.Key}: MiB resident", service.Value, 200)),
    ];
}
